/** What AWS, and what stands in its place, responds with. */
import { SECRET } from "./judge.ts";

const xmlns = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';
const credentials = `<Credentials><AccessKeyId>ASIAMADEUP</AccessKeyId><SecretAccessKey>${SECRET}</SecretAccessKey><SessionToken>${SECRET}</SessionToken><Expiration>2030-01-31T13:00:00Z</Expiration></Credentials>`;

/** Where secrets stand in the responses of STS, and in JSON. */
export const XML_SECRETS = /<(?:SecretAccessKey|SessionToken)>[^<]*/g;
export const JSON_SECRETS =
  /"(?:secretAccessKey|SecretAccessKey|sessionToken|SessionToken|Token|accessToken|refreshToken|clientSecret|deviceCode|idToken|SigninToken)"\s*:\s*"[^"]*/g;

export const STS_RESPONSES: readonly string[] = [
  `<AssumeRoleResponse ${xmlns}>
  <AssumeRoleResult>
    <AssumedRoleUser><AssumedRoleId>AROAMADEUP:me</AssumedRoleId><Arn>arn:aws:sts::222222222222:assumed-role/Deploy/me</Arn></AssumedRoleUser>
    ${credentials}
    <PackedPolicySize>6</PackedPolicySize>
  </AssumeRoleResult>
  <ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ResponseMetadata>
</AssumeRoleResponse>
`,
  `<?xml version="1.0" encoding="UTF-8"?>\n<GetFederationTokenResponse ${xmlns}><GetFederationTokenResult>${credentials}<FederatedUser><Arn>arn:aws:sts::111111111111:federated-user/me</Arn></FederatedUser></GetFederationTokenResult></GetFederationTokenResponse>`,
  `<GetCallerIdentityResponse ${xmlns}><GetCallerIdentityResult><UserId>AIDAMADEUP</UserId><Account>012345678901</Account><Arn>arn:aws:iam::012345678901:user/M&#252;ller &amp; Co</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  `<ErrorResponse ${xmlns}><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::111111111111:user/me is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/Deploy</Message></Error><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ErrorResponse>`,
  `<ErrorResponse ${xmlns}><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match.&#10;The Canonical String for this request should have been&#10;'POST'</Message></Error></ErrorResponse>`,
  "<!DOCTYPE html>\n<html><head><title>Guest network</title></head><body>Welcome</body></html>",
];

export const PORTAL_RESPONSES: readonly string[] = [
  `{"roleCredentials":{"accessKeyId":"ASIAMADEUP","secretAccessKey":"${SECRET}","sessionToken":"${SECRET}","expiration":1896098400000}}`,
  '{"accountList":[{"accountId":"012345678901","accountName":"Umlaut \\u00e4","emailAddress":"a@example.com"},{"accountId":"111111111111"}],"nextToken":"abc="}',
  '{"roleList":[{"roleName":"ReadOnlyAccess","accountId":"012345678901"},{"roleName":"Ops"}],"nextToken":null}',
  '{"message":"Session token not found or invalid","__type":"com.amazonaws.switchboard.portal#UnauthorizedException"}',
  '{"message":"No access"}',
];

export const OIDC_RESPONSES: readonly string[] = [
  `{"clientId":"made-up-client","clientSecret":"${SECRET}","clientIdIssuedAt":1893456000,"clientSecretExpiresAt":1901232000}`,
  `{"deviceCode":"${SECRET}","userCode":"ABCD-EFGH","verificationUri":"https://device.sso.us-east-1.amazonaws.com/","verificationUriComplete":"https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH","expiresIn":600,"interval":1}`,
  `{"accessToken":"${SECRET}","tokenType":"Bearer","expiresIn":28800,"refreshToken":"${SECRET}"}`,
  '{"error":"authorization_pending","error_description":null}',
  '{"error":"invalid_grant","error_description":"Invalid grant provided","reason":"x"}',
];

export const LOGIN_RESPONSES: readonly string[] = [
  `{"accessToken":{"accessKeyId":"ASIAMADEUP","secretAccessKey":"${SECRET}","sessionToken":"${SECRET}"},"expiresIn":900,"refreshToken":"${SECRET}","tokenType":"aws_sigv4"}`,
  '{"error":"TOKEN_EXPIRED","message":"the session is over"}',
];

const identity = Buffer.from('{"sub":"arn:aws:iam::111111111111:user/ana"}').toString("base64url");

/** To the code of a new sign-in. */
export const NEW_LOGIN_RESPONSES: readonly string[] = [
  `{"accessToken":{"accessKeyId":"ASIAMADEUP","secretAccessKey":"${SECRET}","sessionToken":"${SECRET}"},"expiresIn":900,"refreshToken":"${SECRET}","idToken":"e30.${identity}.${SECRET}","tokenType":"aws_sigv4"}`,
  '{"error":"AUTHCODE_EXPIRED","message":"the code is over"}',
];

export const SIGNIN_TOKENS: readonly string[] = [
  `{"SigninToken":"${SECRET}"}`,
  "<html><body>Bad Request</body></html>",
];

/** Of instance metadata and of containers' agents. */
export const DOCUMENTS: readonly string[] = [
  `{
  "Code" : "Success",
  "LastUpdated" : "2030-01-31T11:00:00Z",
  "Type" : "AWS-HMAC",
  "AccessKeyId" : "ASIAMADEUP",
  "SecretAccessKey" : "${SECRET}",
  "Token" : "${SECRET}",
  "Expiration" : "2030-01-31T17:00:00Z"
}`,
  `{"RoleArn":"arn:aws:iam::111111111111:role/task","AccessKeyId":"ASIAMADEUP","SecretAccessKey":"${SECRET}","Token":"${SECRET}","Expiration":"2030-01-31T17:00:00Z","AccountId":"012345678901"}`,
  '{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role Machine","LastUpdated":"2030-01-31T11:00:00Z"}',
  '{"code":"NoIdInRequest","message":"CredentialsHandler: no credential ID in the request","HTTPErrorCode":400}',
  "Machine\n",
  "404 - Not Found",
];

/** Of a `credential_process`. */
export const OUTPUTS: readonly string[] = [
  `{"Version": 1, "AccessKeyId": "ASIAMADEUP", "SecretAccessKey": "${SECRET}", "SessionToken": "${SECRET}", "Expiration": "2030-01-31T17:00:00Z"}\n`,
  `{"Version":1,"AccessKeyId":"AKIAMADEUP","SecretAccessKey":"${SECRET}","AccountId":"012345678901"}`,
];

/** Of IAM Roles Anywhere. */
export const CERTIFICATE_SESSIONS: readonly string[] = [
  JSON.stringify({
    credentialSet: [
      {
        assumedRoleUser: {
          arn: "arn:aws:sts::111111111111:assumed-role/Ring/0102",
          assumedRoleId: "AROAMADEUP:0102",
        },
        credentials: {
          accessKeyId: "ASIAMADEUP",
          secretAccessKey: SECRET,
          sessionToken: SECRET,
          expiration: "2030-01-31T13:00:00Z",
        },
        packedPolicySize: 0,
        roleArn: "arn:aws:iam::111111111111:role/Ring",
      },
    ],
    subjectArn: "arn:aws:rolesanywhere:us-east-1:111111111111:subject/made-up",
  }),
  '{"message":"Untrusted certificate. Insufficient certificate"}',
  "{}",
];

/** Of GitHub Actions, for the token of a job; and where the token stands. */
export const ACTIONS_TOKENS: readonly string[] = [
  `{"count":1,"value":"${SECRET}"}`,
  `{"value":"eyJhbGciOiJub25lIn0.${SECRET}.c2ln"}`,
  '{"$id":"1","message":"The authorization token is not valid","typeName":"made-up","errorCode":0}',
];
export const ACTIONS_SECRETS = /"value"\s*:\s*"[^"]*/g;
