/** Files that the program and the AWS CLI keep, as they are written. */
import type { Entry, EntryKey } from "../../../src/credentials/cache/entry.ts";
import { SECRET } from "./judge.ts";

export const TOKEN_FILES: readonly string[] = [
  `{"startUrl": "https://d-1234567890.awsapps.com/start", "region": "us-east-1", "accessToken": "${SECRET}", "expiresAt": "2030-01-31T20:00:00Z", "clientId": "made-up-client", "clientSecret": "${SECRET}", "registrationExpiresAt": "2030-04-30T12:00:00Z", "refreshToken": "${SECRET}"}`,
  `{
  "accessToken": "${SECRET}",
  "expiresAt": "2030-01-31T20:00:00UTC",
  "region": "eu-west-1",
  "startUrl": "https://example.awsapps.com/start#/",
  "sessionName": "w\\u00f6rk",
  "issuer": {"url": "https://example.com", "ids": [1, 2.5, -3e2, null, true]}
}
`,
  `{"accessToken":"${SECRET}","expiresAt":"2030-01-31T20:00:00+01:00","__proto__":{"region":"eu-west-1"}}`,
];

export const REGISTRATIONS: readonly string[] = [
  `{"clientId": "made-up-client", "clientSecret": "${SECRET}", "expiresAt": "2030-04-30T12:00:00Z", "scopes": ["sso:account:access"], "grantTypes": ["authorization_code", "refresh_token"]}`,
  `{"clientId": "made-up-client", "clientSecret": "${SECRET}", "expiresAt": "2030-04-30T12:00:00Z"}`,
];

export const LOGIN_FILES: readonly string[] = [
  `{"accessToken": {"accessKeyId": "ASIAMADEUP", "secretAccessKey": "${SECRET}", "sessionToken": "${SECRET}", "accountId": "012345678901", "expiresAt": "2030-01-31T12:15:00Z"}, "tokenType": "aws_sigv4", "clientId": "arn:aws:signin:::devtools/same-device", "refreshToken": "${SECRET}", "idToken": "${SECRET}", "dpopKey": "-----BEGIN EC PRIVATE KEY-----\\n${SECRET}\\n-----END EC PRIVATE KEY-----\\n"}`,
];

export const PORTAL_LISTS: readonly string[] = [
  '{"startUrls": ["https://d-1234567890.awsapps.com/start", "https://example.awsapps.com/start#/", ""]}',
];

export const NOTES: readonly string[] = [
  JSON.stringify({
    manner: "auto auto",
    kind: "failed",
    message: "cannot assume role arn:aws:iam::222222222222:role/Deploy (step 1 of 1): AccessDenied: no",
    notes: ["asked as arn:aws:iam::111111111111:user/me, request 1"],
    hints: ["the trust policy of Deploy must admit that caller"],
  }),
  '{"manner":"auto auto","kind":"sign-in-needed","message":"no","notes":[],"hints":[]}',
];

const answer = (id: string) =>
  `{"Version":1,"AccessKeyId":"${id}","SecretAccessKey":"${SECRET}","SessionToken":"${SECRET}","Expiration":"2030-01-31T13:00:00Z"}\n`;

export function entriesFor(noon: number): readonly Entry[] {
  const life = { acquired: noon, expires: noon + 3_600_000, retryAt: 0 };
  const about = '{"kind":"role","principal":"arn:aws:sts::222222222222:assumed-role/Deploy/me"}';
  const note = { at: noon, text: NOTES[0] ?? "" };
  return [
    { cached: { ...life, dependsOn: [], about, answer: answer("ASIAMADEUPONE") }, note: undefined },
    {
      cached: {
        ...life,
        retryAt: noon + 5000,
        dependsOn: ["/home/me/token.json", "120 1893456000000 /home/me/token.json"],
        about,
        answer: answer("ASIAMADEUPTWO"),
      },
      note,
    },
    { cached: undefined, note },
  ];
}

/** As the cache makes them: a value after its length. */
export const ENTRY_KEY: EntryKey = {
  request: "5:0.1.08:/home/me-3:dev-",
  files: "/home/me/.aws/config 1234 ",
};
