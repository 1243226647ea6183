import { describe, expect, test } from "bun:test";
import { acquireIdentity, type Prospect } from "../../src/credentials/resolve.ts";
import { Failure } from "../../src/lib/errors.ts";
import { cliCacheFolder, cliTokenFileName } from "../../src/sso/aws-cli-cache.ts";
import { configPath, credentialsPath } from "../config/from-text.ts";
import { failureOf, shownText } from "../support/failure.ts";
import { type FakeSetup, type FakeSystem, fakeSystem, type Reply } from "../support/fake-system.ts";
import { environmentKeys, optionsOf } from "../support/options.ts";
import { deployArn, jumpArn } from "../support/plans.ts";
import {
  federationAnswer,
  formOf,
  roleAnswer,
  sessionTokenAnswer,
  signerOf,
} from "../support/sts-answers.ts";

const sts = "https://sts.us-east-1.amazonaws.com/";
const metadata = "http://169.254.169.254/latest";
const extended = `${metadata}/meta-data/iam/security-credentials-extended/`;

const acquire = (system: FakeSystem, ...words: string[]) =>
  acquireIdentity(optionsOf("getcallerid", ...words), system);

/** A system with long-term keys in the environment, whose STS gives these answers. */
function withKeys(answers: readonly Reply[] = [], setup: FakeSetup = {}): FakeSystem {
  const system = fakeSystem({ ...setup, env: { ...environmentKeys, ...setup.env } });
  for (const answer of answers) system.expect("POST", sts, answer);
  return system;
}

/** A system on an instance with the role Web, for whose STS this is the region. */
function onInstance(env: Record<string, string> = {}): FakeSystem {
  const system = fakeSystem({ env: { HOME: "/home/me", ...env } });
  const document = {
    Code: "Success",
    AccessKeyId: "ASIAINSTANCE",
    SecretAccessKey: "made-up",
    Token: "made-up",
    Expiration: "2030-01-31T18:00:00Z",
  };
  system.expect("PUT", `${metadata}/api/token`, new Response("T"));
  system.expect("GET", extended, new Response("Web"));
  system.expect("GET", `${extended}Web`, Response.json(document));
  return system;
}

describe("acquireIdentity() before it sends a request", () => {
  const badSts = { AWS_ENDPOINT_URL_STS: "foo" };

  test("finds the fault of an STS endpoint that a step needs", async () => {
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/", ...badSts };
    const failure = await failureOf(() => acquire(fakeSystem({ env }), "--assume-roles", deployArn));
    expect(failure.message).toContain("AWS_ENDPOINT_URL_STS");
  });

  test("lets the caller refuse the kind of credentials of the result", async () => {
    const seen: unknown[] = [];
    const check = ({ kind, namedPartition, region }: Prospect) => {
      seen.push([kind, namedPartition?.id, region?.region]);
      throw new Failure("usage", "not these");
    };
    const words = optionsOf("console", "--get-session-token", "--region", "eu-west-3");
    expect((await failureOf(() => acquireIdentity(words, withKeys(), check))).message).toBe("not these");
    const roles = optionsOf("console", "--get-session-token", "--assume-roles", deployArn);
    expect((await failureOf(() => acquireIdentity(roles, withKeys(), check))).message).toBe("not these");
    expect(seen).toEqual([
      ["session-token", undefined, "eu-west-3"],
      ["role", "aws", undefined],
    ]);
  });

  test("does not call the caller's check where no request is sent", async () => {
    const check = () => {
      throw new Error("it was called");
    };
    await acquireIdentity(optionsOf("console"), withKeys(), check);
  });
});

describe("acquireIdentity()", () => {
  test("takes the keys of the environment without a request", async () => {
    const identity = await acquire(withKeys());
    expect(identity).toMatchObject({
      credentials: { accessKeyId: "AKIASTART" },
      kind: "long-term",
      principal: "access key AKIASTART from the environment",
      region: undefined,
    });
    expect((await identity.partition()).id).toBe("aws");
  });

  test("takes the profile of --profile before the keys of the environment", async () => {
    const config = "[profile p]\nregion = eu-west-3\n";
    const credentials = "[p]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = made-up\n";
    const system = withKeys([], { files: { [configPath]: config, [credentialsPath]: credentials } });
    const identity = await acquire(system, "--profile", "p");
    expect(identity.principal).toBe(`access key AKIAPROFILE from profile p (${credentialsPath}:2)`);
    expect(identity.region).toMatchObject({ region: "eu-west-3", source: `region (${configPath}:2)` });
    expect((await identity.stsEndpoint()).url).toBe("https://sts.eu-west-3.amazonaws.com");
  });

  test("assumes the roles of the list with what the options say", async () => {
    const system = withKeys([roleAnswer("ASIAONE", "Jump"), roleAnswer("ASIATWO")]);
    const identity = await acquire(
      system,
      "--assume-roles",
      `${jumpArn}, ${deployArn}`,
      "--external-id",
      "x1",
    );
    expect(identity).toMatchObject({ kind: "chained-role", credentials: { accessKeyId: "ASIATWO" } });
    expect(system.requests.map(signerOf)).toEqual(["AKIASTART", "ASIAONE"]);
    expect(system.requests.map((request) => formOf(request, "AssumeRole"))).toEqual(
      [jumpArn, deployArn].map((arn) => ({ RoleArn: arn, RoleSessionName: "aws-login", ExternalId: "x1" })),
    );
  });

  test("exchanges the keys before the roles", async () => {
    const system = withKeys([sessionTokenAnswer("ASIAONE"), roleAnswer("ASIATWO")]);
    const words = ["--get-session-token", "--mfa-serial", "123456789", "--mfa-token", "012345"];
    await acquire(system, ...words, "--assume-roles", deployArn);
    expect(formOf(system.requests[0], "GetSessionToken")).toEqual({
      SerialNumber: "123456789",
      TokenCode: "012345",
    });
    expect(signerOf(system.requests[1])).toBe("ASIAONE");
  });

  test("federates the keys", async () => {
    const system = withKeys([federationAnswer("ASIAONE")]);
    expect((await acquire(system, "--get-federation-token")).kind).toBe("federation");
  });

  test("asks STS in the first role's partition where nothing names a region", async () => {
    const system = withKeys();
    system.expect("POST", "https://sts.cn-northwest-1.amazonaws.com.cn/", roleAnswer("ASIAONE"));
    const china = "arn:aws-cn:iam::111111111111:role/Jump";
    const identity = await acquire(system, "--assume-roles", china);
    expect((await identity.partition()).id).toBe("aws-cn");
  });

  test("asks the instance, and for its region only when that is needed", async () => {
    const system = onInstance();
    const identity = await acquire(system);
    expect(identity).toMatchObject({ kind: "instance", principal: "role Web of instance metadata" });
    system.expect("GET", `${metadata}/meta-data/placement/region`, new Response("eu-west-3"));
    expect((await identity.stsEndpoint()).url).toBe("https://sts.eu-west-3.amazonaws.com");
  });

  test("does not ask the instance for a region where one was chosen", async () => {
    const identity = await acquire(onInstance({ AWS_REGION: "eu-north-1" }));
    expect((await identity.stsEndpoint()).url).toBe("https://sts.eu-north-1.amazonaws.com");
  });

  test("traces decisions and requests without a secret", async () => {
    const system = withKeys([roleAnswer("ASIAONE")]);
    await acquire(system, "--verbose", "--assume-roles", deployArn);
    expect(system.stderrLines).toContain("aws-login: profile: default (default), which does not exist");
    expect(system.stderrLines).toContain("aws-login: region: us-east-1 (nothing names one)");
    expect(system.stderrLines).toContain("aws-login: POST sts.us-east-1.amazonaws.com AssumeRole: 200, 0 ms");
    expect(system.stderrLines.join("\n")).not.toMatch(/made/);
  });
});

describe("acquireIdentity() warns", () => {
  test("of options that nothing can carry", async () => {
    const system = withKeys();
    await acquire(system, "--duration", "900", "--mfa-token", "123456");
    expect(system.stderrLines).toEqual([
      "aws-login: warning: --duration has no effect: no role is assumed",
      "aws-login: warning: --mfa-token has no effect: no role is assumed",
    ]);
  });

  test("of a code without a device", async () => {
    const system = withKeys([roleAnswer("ASIAONE")]);
    await acquire(system, "--assume-roles", deployArn, "--mfa-token", "123456");
    expect(system.stderrLines).toEqual([
      "aws-login: warning: --mfa-token has no effect: no MFA device is named",
    ]);
  });
});

describe("acquireIdentity() and options about a sign-in", () => {
  const session =
    "[sso-session s]\nsso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = eu-west-1\n";
  const config = `[profile sso]\nsso_session = s\nsso_account_id = 111111111111\nsso_role_name = R\n${session}`;

  test("acquireIdentity() refuses another region than that of the profile's portal", async () => {
    const system = fakeSystem({ env: { HOME: "/home/me" }, files: { [configPath]: config } });
    const failure = await failureOf(() => acquire(system, "--profile", "sso", "--sso-region", "us-east-1"));
    expect(failure.kind).toBe("usage");
    expect(failure.message).toContain("--sso-region us-east-1 contradicts the region of profile sso");
  });

  test("acquireIdentity() finds the partition of a portal whose region asks for FIPS", async () => {
    const token = { accessToken: "made-up", expiresAt: "2030-01-31T20:00:00Z" };
    const tokenFile = cliTokenFileName({ sessionName: "s", startUrl: "" });
    const system = fakeSystem({
      env: { HOME: "/home/me", AWS_PROFILE: "sso" },
      files: {
        [configPath]: config.replace("eu-west-1", "fips-us-gov-west-1"),
        [`${cliCacheFolder("/home/me")}/${tokenFile}`]: JSON.stringify(token),
      },
    });
    const roleCredentials = {
      accessKeyId: "ASIASSO",
      secretAccessKey: "made-up",
      sessionToken: "made-up",
      expiration: Date.UTC(2030, 0, 31, 13),
    };
    const asked = "federation/credentials?role_name=R&account_id=111111111111";
    const answer = Response.json({ roleCredentials });
    system.expect("GET", `https://portal.sso.us-gov-west-1.amazonaws.com/${asked}`, answer);
    expect((await (await acquire(system)).partition()).id).toBe("aws-us-gov");
  });

  test("acquireIdentity() warns of those that no portal is there for", async () => {
    const system = withKeys();
    await acquire(system, "--sso-region", "us-east-1", "--nrt", "--sign-in", "always");
    expect(system.stderrLines).toEqual(
      ["--sso-region", "--nrt", "--sign-in"].map(
        (option) =>
          `aws-login: warning: ${option} has no effect: the credentials do not come from Identity Center`,
      ),
    );
  });
});

describe("acquireIdentity() refuses before any request", () => {
  const refusals: Record<string, [words: string[], env: Record<string, string>, kind: string, says: string]> =
    {
      "a list of roles that names none": [
        ["--assume-roles", " , "],
        {},
        "usage",
        "--assume-roles names no role",
      ],
      "a role that is none": [["--assume-roles", "Deploy"], {}, "usage", "it is not an ARN"],
      "too long a chain": [
        ["--assume-roles", `${jumpArn},${deployArn}`, "--duration", "3601"],
        {},
        "usage",
        "a role assumed by a role lasts at most 3600",
      ],
      "to exchange temporary keys": [
        ["--get-session-token"],
        { AWS_SESSION_TOKEN: "made-up" },
        "failed",
        "these are temporary credentials (they have a session token)",
      ],
      "keys that have expired": [
        ["--assume-roles", deployArn],
        { AWS_CREDENTIAL_EXPIRATION: "2030-01-31T11:59:59Z" },
        "failed",
        "they expired at 2030-01-31T11:59:59Z",
      ],
      "a profile that does not exist": [
        ["--profile", "gone"],
        {},
        "no-credentials",
        "cannot use profile gone",
      ],
      "certificates that do not exist": [
        [],
        { AWS_CA_BUNDLE: "/gone.pem" },
        "failed",
        "/gone.pem does not exist",
      ],
      "a proxy that is none": [
        [],
        { HTTPS_PROXY: "ftp://x" },
        "failed",
        "cannot use the proxy of HTTPS_PROXY",
      ],
    };
  test.each(Object.entries(refusals))("%s", async (_, [words, env, kind, says]) => {
    const failure = await failureOf(() => acquire(withKeys([], { env }), ...words));
    expect(failure.message).toContain(says);
    expect<string>(failure.kind).toBe(kind);
    expect(shownText(failure)).not.toContain("made");
  });

  test("lists the sources that it tried, when none applies", async () => {
    const env = { HOME: "/home/me", AWS_EC2_METADATA_DISABLED: "true" };
    const failure = await failureOf(() => acquire(fakeSystem({ env })));
    expect(failure.kind).toBe("no-credentials");
    expect(failure.notes).toHaveLength(6);
    expect(failure.notes.at(-1)).toBe("instance metadata: AWS_EC2_METADATA_DISABLED is true");
  });
});

test("acquireIdentity() counts an instance metadata service that does not respond as absent", async () => {
  const system = fakeSystem({ env: { HOME: "/home/me" } });
  system.expect("PUT", `${metadata}/api/token`, system.silence);
  const failure = await failureOf(() => acquire(system));
  expect(failure.kind).toBe("no-credentials");
  expect(failure.notes.at(-1)).toBe("instance metadata: no service responds at http://169.254.169.254");
});
