import { describe, expect, test } from "bun:test";
import { generateKeyPairSync } from "node:crypto";
import { acquireFromLogin } from "../../../src/credentials/sources/login-session.ts";
import { formatIsoTime } from "../../../src/lib/iso-time.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { type FakeSystem, fakeSystem, noon } from "../../support/fake-system.ts";
import { type MemoryFiles, memoryFiles } from "../../support/memory-files.ts";

const session = "arn:aws:iam::123456789012:user/Admin";
const path =
  "/home/ana/.aws/login/cache/10cabd19777b6651ac57333b55c7c10a1242b1c2337f40e674926d7324698347.json";
const source = {
  kind: "login-session",
  from: "profile dev (/home/ana/.aws/config:2)",
  profileName: "dev",
  session,
} as const;
const doing = "cannot use the login_session of profile dev (/home/ana/.aws/config:2)";
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });

const minutes = (count: number) => formatIsoTime(noon + count * 60_000);
const cached = {
  clientId: "arn:aws:signin:::devtools/same-device",
  refreshToken: "made-up-refresh",
  idToken: "made-up-jwt",
  dpopKey: privateKey.export({ type: "sec1", format: "pem" }).toString(),
};

function fileText(left: number, members: object = {}, keys: object = {}): string {
  const accessToken = {
    accessKeyId: "ASIAOLD",
    secretAccessKey: "made-up-old-secret",
    sessionToken: "made-up-old-token",
    expiresAt: minutes(left),
    ...keys,
  };
  return JSON.stringify({ accessToken, ...cached, ...members });
}

const url = "https://signin.test/v1/token";
const renewed = (accessKeyId = "ASIANEW") =>
  Response.json({
    accessToken: { accessKeyId, secretAccessKey: "made-up-new-secret", sessionToken: "made-up-new-token" },
    tokenType: "aws_sigv4",
    expiresIn: 900,
    refreshToken: "made-up-rotated",
  });
const refused = (error: string, status = 401) => Response.json({ error, message: "no" }, { status });

function scene(text: string | undefined, busy: (() => unknown)[] = [], instead: Partial<MemoryFiles> = {}) {
  const files = memoryFiles(text === undefined ? {} : { [path]: text }, busy);
  const system = fakeSystem({
    env: { HOME: "/home/ana" },
    instead: { ...files, randomBytes: (length) => new Uint8Array(length), ...instead },
  });
  const regions: (string | undefined)[] = [];
  const http = fakeHttpClient(system);
  const endpoint = (region: string | undefined) => {
    regions.push(region);
    return { url: "https://signin.test", host: "signin.test", signingRegion: "us-east-1", custom: false };
  };
  return {
    files,
    system,
    http,
    regions,
    acquire: () => acquireFromLogin(source, { system, http, endpoint }),
  };
}

const accounted = { accountId: "123456789012" };

describe("acquireFromLogin()", () => {
  test("acquireFromLogin() hands out the stored keys while more than five minutes are left, without a request", async () => {
    const { acquire, files } = scene(fileText(6));
    expect(await acquire()).toEqual({
      accessKeyId: "ASIAOLD",
      secretAccessKey: "made-up-old-secret",
      sessionToken: "made-up-old-token",
      expiration: noon + 6 * 60_000,
      ...accounted,
    });
    expect(files.log).toEqual([]);
  });

  test("acquireFromLogin() takes the account id of the file with its leading zero", async () => {
    const { acquire } = scene(fileText(6, {}, { accountId: "012345678901" }));
    expect(await acquire()).toMatchObject({ accountId: "012345678901" });
  });

  test("acquireFromLogin() needs nothing for a renewal while the keys are good", async () => {
    const { acquire } = scene(
      fileText(6, { refreshToken: undefined, clientId: undefined, dpopKey: undefined }),
    );
    expect(await acquire()).toMatchObject({ accessKeyId: "ASIAOLD" });
  });

  for (const [sentence, left] of [
    ["when five minutes are left", 5],
    ["when they have ended", -60],
  ] as const) {
    test(`acquireFromLogin() renews the keys ${sentence}, and stores the new ones`, async () => {
      const { acquire, files, system } = scene(fileText(left, { somethingNew: 1 }));
      system.expect("POST", url, renewed());
      expect(await acquire()).toEqual({
        accessKeyId: "ASIANEW",
        secretAccessKey: "made-up-new-secret",
        sessionToken: "made-up-new-token",
        expiration: noon + 900_000,
        ...accounted,
      });
      expect(JSON.parse(files.files.get(path) ?? "")).toEqual({
        accessToken: {
          accessKeyId: "ASIANEW",
          secretAccessKey: "made-up-new-secret",
          sessionToken: "made-up-new-token",
          expiresAt: minutes(15),
        },
        ...cached,
        refreshToken: "made-up-rotated",
        somethingNew: 1,
      });
      expect(system.stderrLines).toEqual([]);
    });
  }

  test("acquireFromLogin() renews in the region that the file names, or else in that of the run", async () => {
    for (const region of ["eu-west-1", undefined]) {
      const { acquire, regions, system } = scene(fileText(-1, { signInRegion: region }));
      system.expect("POST", url, renewed());
      await acquire();
      expect(regions).toEqual([region]);
    }
  });

  test("acquireFromLogin() looks again once it has the lock: another process may have renewed them", async () => {
    const texts = [fileText(-1), fileText(14, {}, { accessKeyId: "ASIAOTHER" })];
    const { acquire, system } = scene(undefined, [], { readText: async () => texts.shift() });
    expect(await acquire()).toMatchObject({ accessKeyId: "ASIAOTHER" });
    expect(system.requests).toEqual([]);
  });

  test("acquireFromLogin() waits for another process when the keys have expired, and takes that one's keys", async () => {
    const { acquire, files } = scene(fileText(-1), [
      () => files.files.set(path, fileText(15, {}, { accessKeyId: "ASIAOTHER" })),
    ]);
    expect(await acquire()).toMatchObject({ accessKeyId: "ASIAOTHER" });
    expect(files.log.at(-1)).toMatch(/^lock \/home\/ana\/\.aws-login\/locks\/[0-9a-f]{64} 60000$/);
  });

  test("acquireFromLogin() uses the stored keys without waiting while they are valid", async () => {
    const { acquire, files } = scene(fileText(4), [() => {}]);
    expect(await acquire()).toMatchObject({ accessKeyId: "ASIAOLD" });
    expect(files.log.at(-1)).toEndWith(" 0");
  });

  test("acquireFromLogin() fails when another process has the lock for a minute", async () => {
    const pass: (() => unknown)[] = [];
    const { acquire, system } = scene(fileText(-1), pass);
    for (let attempt = 0; attempt < 7; attempt++) pass.push(() => system.advance(10_000));
    const failure = await failureOf(acquire);
    expect([failure.kind, failure.message]).toEqual([
      "failed",
      "cannot renew the login_session of profile dev (/home/ana/.aws/config:2): another aws-login has had the lock for 60 s",
    ]);
  });

  const unstorable = { reserveReplacement: async () => Promise.reject(new Error("EROFS")) };
  const why = `the new keys could not be stored: cannot write ${path}: EROFS`;

  test("acquireFromLogin() spends no refresh token when the new keys could not be stored", async () => {
    const { acquire, system } = scene(fileText(-1), [], unstorable);
    expect((await failureOf(acquire)).message).toBe(
      `cannot renew the login_session of profile dev (/home/ana/.aws/config:2): ${why}`,
    );
    expect(system.requests).toEqual([]);
  });

  test("acquireFromLogin() goes on with valid keys when new ones could not be stored, and says so", async () => {
    const { acquire, system } = scene(fileText(3), [], unstorable);
    expect(await acquire()).toMatchObject({ accessKeyId: "ASIAOLD" });
    expect(system.requests).toEqual([]);
    expect(system.stderrLines).toEqual([
      `aws-login: warning: cannot renew the login_session of profile dev (/home/ana/.aws/config:2): ${why}; using the present keys, which end in 180 seconds`,
    ]);
  });

  test("acquireFromLogin() reads a file again that the AWS CLI is rewriting", async () => {
    const texts = ["", fileText(14, {}, { accessKeyId: "ASIACLI" })];
    const { acquire, system } = scene(undefined, [], { readText: async () => texts.shift() });
    expect(await acquire()).toMatchObject({ accessKeyId: "ASIACLI" });
    expect(system.sleeps).toEqual([100]);
  });

  for (const error of ["TOKEN_EXPIRED", "USER_CREDENTIALS_CHANGED"]) {
    test(`acquireFromLogin() asks for a new sign-in on ${error}`, async () => {
      const { acquire, system } = scene(fileText(-1));
      system.expect("POST", url, refused(error));
      const failure = await failureOf(acquire);
      expect(failure.kind).toBe("sign-in-needed");
      expect(failure.message).toStartWith(doing);
      expect(failure.hints).toEqual(["sign in with: aws-login login --profile dev"]);
      expect(shownText(failure)).not.toContain("made-up");
    });
  }

  test("acquireFromLogin() reads the file again before it gives up: the AWS CLI may have spent the token", async () => {
    const texts = [fileText(-1), fileText(-1), fileText(-1), fileText(15, {}, { accessKeyId: "ASIACLI" })];
    const { acquire, system } = scene(undefined, [], { readText: async () => texts.shift() });
    system.expect("POST", url, refused("TOKEN_EXPIRED"));
    expect(await acquire()).toMatchObject({ accessKeyId: "ASIACLI" });
  });

  test("acquireFromLogin() goes on with valid keys that cannot be renewed, and says so", async () => {
    const { acquire, system } = scene(fileText(3));
    system.expect("POST", url, refused("TOKEN_EXPIRED"));
    expect(await acquire()).toMatchObject({ accessKeyId: "ASIAOLD" });
    expect(system.stderrLines).toEqual([
      `aws-login: warning: ${doing}: the sign-in has ended (TOKEN_EXPIRED: no); using the present keys, which end in 180 seconds`,
    ]);
  });

  test("acquireFromLogin() uses new keys even where they cannot be stored, and says so", async () => {
    const replaceFile = async () => {
      throw new Error("read-only file system");
    };
    const { acquire, system } = scene(fileText(-1), [], { replaceFile });
    system.expect("POST", url, renewed());
    expect(await acquire()).toMatchObject({ accessKeyId: "ASIANEW" });
    expect(system.stderrLines).toEqual([
      `aws-login: warning: cannot write ${path}: read-only file system; the next use of the sign-in may find it ended`,
    ]);
  });

  const unusable: Record<string, [text: string | undefined, why: string]> = {
    "no file": [undefined, `there is no file ${path}`],
    "a file that is no JSON": ["made-up", `${path} is not a JSON object`],
    "a file without accessToken": [
      fileText(-1, { accessToken: undefined }),
      `${path} lacks keys in its accessToken`,
    ],
    "a file without clientId": [fileText(-1, { clientId: undefined }), `${path} lacks clientId`],
    "a file without refreshToken": [fileText(-1, { refreshToken: undefined }), `${path} lacks refreshToken`],
    "a file without dpopKey": [fileText(-1, { dpopKey: undefined }), `${path} lacks dpopKey`],
  };
  for (const [sentence, [text, why]] of Object.entries(unusable)) {
    test(`acquireFromLogin() asks for a sign-in where there is ${sentence}`, async () => {
      const failure = await failureOf(scene(text).acquire);
      expect(failure.kind).toBe("sign-in-needed");
      expect(failure.message).toBe(`${doing}: ${why}`);
    });
  }

  test("acquireFromLogin() renews keys whose end cannot be read", async () => {
    const { acquire, system } = scene(fileText(60, {}, { expiresAt: "soon" }));
    system.expect("POST", url, renewed());
    expect(await acquire()).toMatchObject({ accessKeyId: "ASIANEW" });
  });

  test("acquireFromLogin() takes the folder of AWS_LOGIN_CACHE_DIRECTORY, with ~ and variables replaced", async () => {
    const name = path.slice(path.lastIndexOf("/"));
    const files = memoryFiles({ [`/home/ana/keys/made${name}`]: fileText(10) });
    const env = { HOME: "/home/ana", AWS_LOGIN_CACHE_DIRECTORY: "~/keys/$PART", PART: "made" };
    const system: FakeSystem = fakeSystem({ env, instead: files });
    const endpoint = () => {
      throw new Error("the endpoint is not needed");
    };
    const credentials = await acquireFromLogin(source, { system, http: fakeHttpClient(system), endpoint });
    expect(credentials.accessKeyId).toBe("ASIAOLD");
  });

  test("acquireFromLogin() takes an empty AWS_LOGIN_CACHE_DIRECTORY for none", async () => {
    const files = memoryFiles({ [path]: fileText(10) });
    const system = fakeSystem({ env: { HOME: "/home/ana", AWS_LOGIN_CACHE_DIRECTORY: "" }, instead: files });
    const endpoint = () => {
      throw new Error("the endpoint is not needed");
    };
    const credentials = await acquireFromLogin(source, { system, http: fakeHttpClient(system), endpoint });
    expect(credentials.accessKeyId).toBe("ASIAOLD");
  });

  test("acquireFromLogin() says that it knows no home directory", async () => {
    const system = fakeSystem({ instead: memoryFiles() });
    const endpoint = () => {
      throw new Error("the endpoint is not needed");
    };
    const failure = await failureOf(() =>
      acquireFromLogin(source, { system, http: fakeHttpClient(system), endpoint }),
    );
    expect(failure.message).toBe(`${doing}: no home directory is known`);
  });
});
