import { describe, expect, test } from "bun:test";
import { readSession } from "../../../src/aws/sts/sts-session.ts";
import { parseXml } from "../../../src/aws/sts/xml.ts";
import { failureOf, shownText } from "../../support/failure.ts";

const members = {
  AccessKeyId: "ASIAMADEUP",
  SecretAccessKey: "made/up+secret",
  SessionToken: "made/up+token==",
  Expiration: "2030-01-31T13:00:00Z",
};
const credentials = {
  accessKeyId: "ASIAMADEUP",
  secretAccessKey: "made/up+secret",
  sessionToken: "made/up+token==",
  expiration: Date.UTC(2030, 0, 31, 13),
};
const arn = "arn:aws:sts::012345678901:assumed-role/Deploy/aws-login";

function keys(changed: Record<string, string | undefined> = {}): string {
  const all = Object.entries({ ...members, ...changed });
  const text = all.map(([name, value]) => (value === undefined ? "" : `<${name}>${value}</${name}>`));
  return `<Credentials>${text.join("")}</Credentials>`;
}

function read(result: string, user: "AssumedRoleUser" | "FederatedUser" | undefined = "AssumedRoleUser") {
  return readSession("AssumeRole", parseXml(`<Result>${result}</Result>`), user);
}

describe("readSession()", () => {
  test("reads the keys, the session's ARN and the account in it, zero included", async () => {
    const user = `<AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>${arn}</Arn></AssumedRoleUser>`;
    const expected = { credentials: { ...credentials, accountId: "012345678901" }, arn };
    expect(await read(keys() + user)).toEqual(expected);
    expect(await read(user + keys())).toEqual(expected);
  });

  test("reads a federated user's session", async () => {
    const federated = "arn:aws:sts::012345678901:federated-user/aws-login";
    const user = `<FederatedUser><Arn>${federated}</Arn></FederatedUser>`;
    expect(await read(keys() + user, "FederatedUser")).toMatchObject({
      arn: federated,
      credentials: { accountId: "012345678901" },
    });
  });

  test("knows no account where no session is named", async () => {
    expect(await read(keys(), undefined)).toEqual({ credentials, arn: undefined });
    expect(await read(keys())).toEqual({ credentials, arn: undefined });
    expect(await read(`${keys()}<AssumedRoleUser/>`)).toEqual({ credentials, arn: undefined });
  });

  test("skips elements that it does not know", async () => {
    expect(
      await read(`<PackedPolicySize/>${keys()}<SourceIdentity>ana</SourceIdentity><New><a/></New>`),
    ).toEqual({
      credentials,
      arn: undefined,
    });
  });

  const spellings: Record<string, Record<string, string>> = {
    "takes blanks and line ends off": {
      SessionToken: "\n    made/up+token==\n  ",
      AccessKeyId: " ASIAMADEUP ",
    },
    "decodes entities": { SessionToken: "made&#x2F;up&#43;token==" },
    "reads a fraction of a second": { Expiration: "2030-01-31T13:00:00.000Z" },
    "reads an offset": { Expiration: "2030-01-31T14:00:00+01:00" },
  };
  test.each(Object.entries(spellings))("%s", async (_, changed) => {
    expect((await read(keys(changed))).credentials).toEqual(credentials);
  });

  const lacks: Record<string, string> = {
    "all credentials": "<AssumedRoleUser/>",
    "an access key": keys({ AccessKeyId: undefined }),
    "a secret key": keys({ SecretAccessKey: "" }),
    "a token": keys({ SessionToken: "  " }),
    "a time": keys({ Expiration: undefined }),
    "a readable time": keys({ Expiration: "soon" }),
  };
  test.each(Object.entries(lacks))("refuses a response that lacks %s", async (_, result) => {
    const failure = await failureOf(() => read(result));
    expect(failure.message).toBe(
      "the response to AssumeRole lacks AccessKeyId, SecretAccessKey, SessionToken or a readable Expiration",
    );
    expect(shownText(failure)).not.toContain("made/up");
  });
});
