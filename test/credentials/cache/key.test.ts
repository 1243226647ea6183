import { describe, expect, test } from "bun:test";
import { OPTIONS } from "../../../src/cli/options.ts";
import { credentialKey, keyOptions, requestAfter } from "../../../src/credentials/cache/key.ts";
import { keyVariables, secretVariables } from "../../../src/credentials/cache/key-parts.ts";
import type { Credentials } from "../../../src/lib/credentials.ts";
import type { Environment } from "../../../src/system/types.ts";
import { memoryFiles } from "../../support/memory-files.ts";
import { optionsOf } from "../../support/options.ts";
import { readSources } from "../../support/source-tree.ts";

interface Asked {
  readonly words?: readonly string[];
  readonly env?: Environment;
  readonly home?: string;
  readonly files?: Readonly<Record<string, string>>;
}

function keyOf({ words = [], env = {}, home = "/home/me", files = {} }: Asked) {
  return credentialKey(
    optionsOf("dumpcreds", "--use-cache", ...words),
    env,
    home,
    memoryFiles({ ...files }).fileFingerprint,
  );
}
const requestOf = (asked: Asked) => keyOf(asked)?.request;
const filesOf = (asked: Asked) => keyOf(asked)?.files;

const portal = ["--sso-acct-id", "111111111111", "--sso-role-name", "Reader"];
const outside = [
  "--certificate=cert.pem",
  "--trust-anchor-arn=arn:anchor",
  "--profile-arn=arn:profile",
  "--role-arn=arn:role",
];
const byToken = ["--role-arn=arn:role"];
const byGitHub = [...byToken, "--web-identity-token=github"];
const list = ["--assume-roles", "file://~/roles"];

/** Two requests that may have different answers. */
const differing: Record<string, [Asked, Asked]> = {
  "two profiles": [{ words: ["--profile", "a"] }, { words: ["--profile", "b"] }],
  "a profile by option and by variable": [{ words: ["--profile", "a"] }, { env: { AWS_PROFILE: "a" } }],
  "two regions": [{ words: ["--region", "eu-west-1"] }, { words: ["--region", "eu-west-2"] }],
  "two roles": [{ words: ["--assume-roles", "arn:a"] }, { words: ["--assume-roles", "arn:b"] }],
  "two orders of roles": [
    { words: ["--assume-roles", "arn:a,arn:b"] },
    { words: ["--assume-roles", "arn:b,arn:a"] },
  ],
  "two tags of a step": [
    { words: ["--assume-roles", '[{"RoleArn":"a","Tags":[{"Key":"k","Value":"1"}]}]'] },
    { words: ["--assume-roles", '[{"RoleArn":"a","Tags":[{"Key":"k","Value":"2"}]}]'] },
  ],
  "an external id and none": [{ words: ["--external-id", "xx"] }, {}],
  "two session names": [{ words: ["--role-session-name", "me"] }, { words: ["--role-session-name", "you"] }],
  "one value of two options": [{ words: ["--external-id", "xx"] }, { words: ["--source-identity", "xx"] }],
  "two durations": [{ words: ["--duration", "900"] }, { words: ["--duration", "901"] }],
  "a session token first and none": [{ words: ["--get-session-token"] }, {}],
  "a federation token and a session token": [
    { words: ["--get-federation-token"] },
    { words: ["--get-session-token"] },
  ],
  "an MFA device and none": [{ words: ["--mfa-serial", "arn:aws:iam::111111111111:mfa/me"] }, {}],
  "two portals": [
    { words: [...portal, "--start-url", "https://a.awsapps.com/start"] },
    { words: [...portal, "--start-url", "https://b.awsapps.com/start"] },
  ],
  "a portal and the one used last": [
    { words: [...portal, "--start-url", "https://a.awsapps.com/start"] },
    { words: portal },
  ],
  "a session and a profile of one name": [
    { words: [...portal, "--sso-session", "a"] },
    { words: ["--profile", "a"] },
  ],
  "two certificates": [
    { words: [...outside, "--certificate", "a.pem"] },
    { words: [...outside, "--certificate", "b.pem"] },
  ],
  "two values of a variable in a certificate's path": [
    { words: [...outside, "--certificate", "$WHERE/a.pem"], env: { WHERE: "/a" } },
    { words: [...outside, "--certificate", "$WHERE/a.pem"], env: { WHERE: "/b" } },
  ],
  "two endpoints of Roles Anywhere": [
    { words: outside, env: { AWS_ENDPOINT_URL_ROLESANYWHERE: "https://a.example" } },
    { words: outside },
  ],
  "an address with a password and another one": [
    { words: [...outside, "--endpoint", "https://me:one@a.example"] },
    { words: [...outside, "--endpoint", "https://me:two@a.example"] },
  ],
  "two files of a web identity token": [
    { words: [...byToken, "--web-identity-token", "a"] },
    { words: [...byToken, "--web-identity-token", "b"] },
  ],
  "two values of a variable in the path of a web identity token": [
    { words: [...byToken, "--web-identity-token", "$WHERE/a"], env: { WHERE: "/a" } },
    { words: [...byToken, "--web-identity-token", "$WHERE/a"], env: { WHERE: "/b" } },
  ],
  "two jobs of GitHub Actions by their addresses": [
    { words: byGitHub, env: { ACTIONS_ID_TOKEN_REQUEST_URL: "https://a.example/1" } },
    { words: byGitHub, env: { ACTIONS_ID_TOKEN_REQUEST_URL: "https://a.example/2" } },
  ],
  "two jobs of GitHub Actions by their secrets": [
    { words: byGitHub, env: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "made-up-1" } },
    { words: byGitHub, env: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "made-up-2" } },
  ],
  "two homes": [{}, { home: "/home/you" }],
  "two keys": [{ env: { AWS_ACCESS_KEY_ID: "AKIAONE" } }, { env: { AWS_ACCESS_KEY_ID: "AKIATWO" } }],
  "two folders of the program's own": [{ env: { AWS_LOGIN_HOME: "/a" } }, { env: { AWS_LOGIN_HOME: "/b" } }],
  "an empty variable and none": [{ env: { AWS_CONFIG_FILE: "" } }, {}],
  "keys with a session token and without": [{ env: { AWS_SESSION_TOKEN: "made-up" } }, {}],
  "a secret key and an empty one": [
    { env: { AWS_SECRET_ACCESS_KEY: "made-up" } },
    { env: { AWS_SECRET_ACCESS_KEY: "" } },
  ],
  "two values of a variable in a path": [
    { env: { AWS_WEB_IDENTITY_TOKEN_FILE: "$WHERE/token", WHERE: "/a" } },
    { env: { AWS_WEB_IDENTITY_TOKEN_FILE: "$WHERE/token", WHERE: "/b" } },
  ],
  "two passwords in an address": [
    { env: { AWS_ENDPOINT_URL: "https://me:one@sts.example" } },
    { env: { AWS_ENDPOINT_URL: "https://me:two@sts.example" } },
  ],
};

/** One request while the files are other ones. */
const changed: Record<string, [Asked, Asked]> = {
  "the config file": [
    { files: { "/home/me/.aws/config": "one" } },
    { files: { "/home/me/.aws/config": "two" } },
  ],
  "the credentials file": [
    { files: { "/home/me/.aws/credentials": "one" } },
    { files: { "/home/me/.aws/credentials": "two" } },
  ],
  "a config file that a variable names": [
    { env: { AWS_CONFIG_FILE: "/c" }, files: { "/c": "one" } },
    { env: { AWS_CONFIG_FILE: "/c" }, files: { "/c": "two" } },
  ],
  "the list of roles": [
    { words: list, files: { "/home/me/roles": "arn:a" } },
    { words: list, files: { "/home/me/roles": "arn:b" } },
  ],
  "a config file that did not exist": [{ files: { "/home/me/.aws/config": "" } }, {}],
};

describe("credentialKey()", () => {
  test.each(Object.entries(differing))("credentialKey() tells %s apart", (_, [one, other]) => {
    expect(requestOf(one)).toBeString();
    expect(requestOf(one)).not.toBe(requestOf(other));
    expect(requestOf(one)).toBe(requestOf({ ...one }));
  });

  test.each(Object.entries(changed))(
    "credentialKey() sees a change of %s, for the same request",
    (_, [one, other]) => {
      expect(filesOf(one)).toBeString();
      expect(filesOf(one)).not.toBe(filesOf(other));
      expect(requestOf(one)).toBe(requestOf(other));
      expect(filesOf(one)).toBe(filesOf({ ...one }));
    },
  );

  const alike: Record<string, [Asked, Asked]> = {
    "what the answer looks like": [{ words: ["--credential-helper"] }, { words: ["--outform", "fish"] }],
    "how a person signs in": [
      { words: ["--sign-in", "never"] },
      { words: ["--use-device-code", "--no-browser"] },
    ],
    "an MFA code": [{ words: ["--mfa-token", "123456"] }, {}],
    "how the network is reached": [{ env: { HTTPS_PROXY: "http://proxy", AWS_MAX_ATTEMPTS: "9" } }, {}],
    "the secret of the same key": [
      { env: { AWS_SECRET_ACCESS_KEY: "made-up-1" } },
      { env: { AWS_SECRET_ACCESS_KEY: "made-up-2" } },
    ],
  };
  test.each(Object.entries(alike))("credentialKey() does not look at %s", (_, [one, other]) => {
    expect(keyOf(one)).toEqual(keyOf(other));
  });

  test("credentialKey() is one line each and holds no secret", () => {
    const env: Record<string, string> = { AWS_ENDPOINT_URL: "https://me:made-up-secret@sts.example" };
    for (const name of secretVariables.split("\n")) env[name] = "made-up-secret";
    env.ACTIONS_ID_TOKEN_REQUEST_TOKEN = "made-up-secret";
    const words = [...outside, "--endpoint", "https://me:made-up-secret@a.example"];
    const key = keyOf({ env, words: [...words, "--mfa-token", "123456"] });
    const text = `${key?.request}${key?.files}`;
    expect(text).not.toContain("made-up-secret");
    expect(text).not.toContain("123456");
    expect(text).not.toContain("\n");
  });

  test("credentialKey() is undefined where the content of a file is not known", () => {
    const options = optionsOf("dumpcreds", "--use-cache");
    const known = (path: string) => (path.endsWith("/config") ? "a fingerprint" : undefined);
    expect(credentialKey(options, {}, "/home/me", known)).toBeUndefined();
  });

  test("every option that has a say is in the key", () => {
    const none = [
      // Refused beside --use-cache.
      "ssoAccessToken",
      "accesstokenCache",
      // How one comes by the same credentials, and what is done with them.
      ...[
        "useCache",
        "refresh",
        "signIn",
        "useDeviceCode",
        "noBrowser",
        "nrt",
        "mfaToken",
        "mfaProcess",
        "verbose",
      ],
      ...["remote", "callbackPort"],
      ...["outform", "credentialHelper", "clear", "command", "autoRefresh", "destination", "copy"],
      ...["port", "bind", "detach", "keep", "imds", "profiles"],
      ...["portalLink", "logoutFirst", "firefoxContainer", "chromeProfile"],
      // Of commands that acquire nothing.
      ...["format", "reload", "sessions", "offline"],
      ...["ssoSessionName", "targetArnProfiles", "profileName", "only", "except", "credentialProcess"],
      ...["write", "dryRun", "prune", "rename"],
    ];
    const known: string[] = [...keyOptions, ...none];
    expect([...new Set(OPTIONS.map(({ field }): string => field))].toSorted()).toEqual(known.toSorted());
  });

  test("every variable of AWS that the program reads is in the key, if it has a say", async () => {
    const none = [
      // The way to AWS, not what it answers.
      ...["AWS_CA_BUNDLE", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE"],
      ...["AWS_METADATA_SERVICE_NUM_ATTEMPTS", "AWS_METADATA_SERVICE_TIMEOUT"],
      // How a sign-in is stored, not whose it is.
      "AWS_LOGIN_STORE",
      // What the child of runas must not see, and a part of longer names.
      ...["AWS_BEARER_TOKEN_BEDROCK", "AWS_CREDENTIAL_SCOPE", "AWS_ENDPOINT_URL_"],
      ...["AWS_ACCESS_KEY", "AWS_SECRET_KEY"],
      // What it sees besides.
      "AWS_LOGIN_IDENTITY",
    ];
    const known: string[] = [...keyVariables.split("\n"), ...secretVariables.split("\n"), ...none];
    const found = (await readSources("src")).flatMap(
      ({ text }) => text.match(/\bAWS_[A-Z][A-Z0-9_]*/g) ?? [],
    );
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe("requestAfter()", () => {
  const given = { accessKeyId: "ASIAONE", secretAccessKey: "made-up", sessionToken: "made-up-too" };
  const others: Record<string, Credentials> = {
    "another access key": { ...given, accessKeyId: "ASIATWO" },
    "another secret of the same access key": { ...given, secretAccessKey: "changed" },
    "another session token": { ...given, sessionToken: "changed" },
    "another account": { ...given, accountId: "111111111111" },
  };
  test.each(Object.entries(others))("requestAfter() is another for %s", (_, other) => {
    expect(requestAfter("[]", other)).not.toBe(requestAfter("[]", given));
  });

  test("requestAfter() is the same for the same credentials, and shows no secret", () => {
    const request = requestAfter("[]", given);
    expect(requestAfter("[]", { ...given })).toBe(request);
    expect(request).toContain("ASIAONE");
    expect(request).not.toContain("made-up");
    expect(requestAfter('["x"]', given)).not.toBe(request);
  });
});
