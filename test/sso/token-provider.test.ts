import { describe, expect, test } from "bun:test";
import { Failure } from "../../src/lib/errors.ts";
import { fileLock } from "../../src/lib/lock.ts";
import { cliTokenStore } from "../../src/sso/aws-cli-cache.ts";
import { type TokenRequest, tokenProvider } from "../../src/sso/token-provider.ts";
import { failureOf } from "../support/failure.ts";
import {
  client,
  expectDeviceCode,
  expectRegistration,
  expectToken,
  loginContext,
  portal,
} from "../support/fake-login.ts";
import { json, refuses } from "../support/fake-portal.ts";
import { type FakeSystem, fakeSystem, noon } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const path = "/home/me/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json";

function fileOf(accessToken: string, minutes: number, refreshToken?: string): string {
  return JSON.stringify({
    accessToken,
    expiresAt: new Date(noon + minutes * 60_000).toISOString(),
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    toolData: 7,
  });
}

interface Setup {
  readonly stored?: string;
  readonly policy?: Partial<TokenRequest["policy"]>;
  /** What other processes do, one after the other, while they keep the lock. */
  readonly elsewhere?: ((files: Map<string, string>) => unknown)[];
  /** What remembering a sign-in comes to. */
  readonly loggedIn?: () => Promise<void>;
  readonly mustStore?: boolean;
}

function setup(system: FakeSystem, { stored, policy, elsewhere = [], loggedIn, mustStore }: Setup) {
  const memory: ReturnType<typeof memoryFiles> = memoryFiles(
    stored === undefined ? {} : { [path]: stored },
    elsewhere.map((act) => () => act(memory.files)),
  );
  const store = cliTokenStore(Object.assign(memory, { sleep: system.sleep }), "/home/me", {
    ...portal,
    sessionName: "my-sso",
  });
  let signIns = 0;
  const provider = tokenProvider(loginContext(system, mustStore), {
    store,
    lock: fileLock(memory, "/own", path, () => {}),
    policy: { refresh: "auto", signIn: "never", ...policy },
    portal,
    chooseFlow: async () => ({ flow: "device", browser: "leave", why: "a test" }),
    name: portal.startUrl,
    loginHint: "sign in with: aws-login login",
    loggedIn: async () => {
      signIns++;
      await loggedIn?.();
    },
  });
  const stands = async () => {
    const token = await store.readToken();
    return `${token?.accessToken} ${token?.refreshToken}`;
  };
  return { provider, memory, store, stands, signIns: () => signIns };
}

const renewed = json.bind(undefined, 200, { accessToken: "new", expiresIn: 3600, refreshToken: "refresh-2" });
const waits = (log: readonly string[]) =>
  log.filter((line) => line.startsWith("lock")).map((line) => line.split(" ")[2]);

function expectSignIn(system: FakeSystem): void {
  expectRegistration(system);
  expectDeviceCode(system);
  expectToken(system, json(200, { accessToken: "signed-in", expiresIn: 3600, refreshToken: "refresh-9" }));
}

describe("obtain()", () => {
  test("obtain() names a file that holds no token, where a sign-in is forbidden", async () => {
    const { provider } = setup(fakeSystem(), { stored: fileOf("half", 30).slice(0, 40) });
    const failure = await failureOf(() => provider.obtain());
    expect(failure.kind).toBe("sign-in-needed");
    expect(failure.message).toBe(
      `cannot use the sign-in to ${portal.startUrl}: ${path} is not a JSON object with accessToken and expiresAt`,
    );
  });

  test("obtain() uses a good token without a lock or a request", async () => {
    const { provider, memory } = setup(fakeSystem(), { stored: fileOf("old", 60, "refresh-1") });
    expect((await provider.obtain()).accessToken).toBe("old");
    expect(memory.log).toEqual([]);
  });

  test("obtain() renews an expired token and keeps what the file held besides", async () => {
    const system = fakeSystem();
    const { provider, memory, stands } = setup(system, { stored: fileOf("old", -1, "refresh-1") });
    expectToken(system, renewed());
    expect((await provider.obtain()).accessToken).toBe("new");
    expect(await stands()).toBe("new refresh-2");
    expect(memory.files.get(path)).toContain('"toolData": 7');
    expect(system.stderrLines).toEqual([]);
  });

  test("obtain() takes what another process renewed while it waited", async () => {
    const { provider } = setup(fakeSystem(), {
      stored: fileOf("old", -1, "refresh-1"),
      elsewhere: [(files) => files.set(path, fileOf("theirs", 60, "refresh-2"))],
    });
    expect((await provider.obtain()).accessToken).toBe("theirs");
  });

  test("obtain() uses a token that is good still when another process is renewing it", async () => {
    const { provider, memory } = setup(fakeSystem(), {
      stored: fileOf("old", 4, "refresh-1"),
      elsewhere: [() => {}],
    });
    expect((await provider.obtain()).accessToken).toBe("old");
    expect(waits(memory.log)).toEqual(["0"]);
  });

  test("obtain() uses a token that is good still when it cannot be renewed", async () => {
    const system = fakeSystem();
    const { provider } = setup(system, { stored: fileOf("old", 4, "refresh-1") });
    expectToken(system, refuses("invalid_grant"));
    expect((await provider.obtain()).accessToken).toBe("old");
  });

  test("obtain() looks again when the refresh token is spent: the AWS CLI may have spent it", async () => {
    const system = fakeSystem();
    const { provider, memory } = setup(system, { stored: fileOf("old", -1, "refresh-1") });
    system.expect("POST", "https://oidc.example/token", () => {
      memory.files.set(path, fileOf("theirs", 60, "refresh-2"));
      return refuses("invalid_grant");
    });
    expect((await provider.obtain()).accessToken).toBe("theirs");
  });

  const hopeless: Record<string, [string | undefined, string | undefined]> = {
    "nothing is stored": [undefined, undefined],
    "the stored token expired and cannot be refreshed": [fileOf("old", -1), undefined],
    "the refresh token is spent": [fileOf("old", -1, "refresh-1"), "invalid_grant"],
  };
  for (const [name, [stored, error]] of Object.entries(hopeless)) {
    test(`obtain() needs a person when ${name}, and says which command helps`, async () => {
      const system = fakeSystem();
      const { provider, memory } = setup(system, stored === undefined ? {} : { stored });
      if (error !== undefined) expectToken(system, refuses(error));
      const failure = await failureOf(() => provider.obtain());
      expect([failure.kind, failure.hints]).toEqual(["sign-in-needed", ["sign in with: aws-login login"]]);
      expect(memory.files.get(path)).toBe(stored);
    });

    test(`obtain() signs in when ${name} and a person may be asked`, async () => {
      const system = fakeSystem();
      const { provider, stands, signIns } = setup(system, {
        policy: { signIn: "auto" },
        ...(stored === undefined ? {} : { stored }),
      });
      if (error !== undefined) expectToken(system, refuses(error));
      expectSignIn(system);
      expect((await provider.obtain()).accessToken).toBe("signed-in");
      expect(await stands()).toBe("signed-in refresh-9");
      expect(signIns()).toBe(1);
    });
  }

  test("obtain() does not sign in with a client that the service has forgotten", async () => {
    const system = fakeSystem();
    const { provider, store } = setup(system, {
      stored: fileOf("old", -1, "refresh-1"),
      policy: { signIn: "auto" },
    });
    await store.writeRegistration("device", { ...client, clientId: "forgotten", scopes: portal.scopes });
    expectToken(system, refuses("invalid_client", 401));
    expectSignIn(system);
    expect((await provider.obtain()).clientId).toBe(client.clientId);
  });

  test("obtain() does not sign in because the network is down", async () => {
    const system = fakeSystem();
    const { provider } = setup(system, {
      stored: fileOf("old", -1, "refresh-1"),
      policy: { signIn: "auto" },
    });
    const down = () => Object.assign(new Error("down"), { code: "ECONNREFUSED" });
    for (let attempt = 0; attempt < 3; attempt++) expectToken(system, down());
    const failure = await failureOf(() => provider.obtain());
    expect([failure.kind, failure.message]).toEqual([
      "failed",
      `cannot renew the sign-in to ${portal.startUrl}: oidc.example: the connection was refused`,
    ]);
  });

  test("obtain() takes what another process stored without waiting for its turn", async () => {
    const { provider, memory } = setup(fakeSystem(), {
      stored: fileOf("old", -1, "refresh-1"),
      elsewhere: [() => {}, (files) => files.set(path, fileOf("theirs", 60)), () => {}],
    });
    expect((await provider.obtain()).accessToken).toBe("theirs");
    expect(waits(memory.log)).toEqual(["60000"]);
  });

  const timeouts = [
    ["never", 60],
    ["auto", 660],
  ] as const;
  test.each(timeouts)(
    "obtain() does not go on without the lock: with --sign-in %s it fails after %d s",
    async (signIn, seconds) => {
      const system = fakeSystem();
      const stored = fileOf("old", -1, "refresh-1");
      const elsewhere = Array(67).fill(() => system.advance(10_000));
      const { provider } = setup(system, { stored, policy: { signIn }, elsewhere });
      const failure = await failureOf(() => provider.obtain());
      expect([failure.kind, failure.message]).toEqual([
        "failed",
        `cannot renew the sign-in to ${portal.startUrl}: another aws-login has had the lock for ${seconds} s`,
      ]);
      expect(system.stderrLines).toEqual(
        signIn === "never"
          ? []
          : [
              `aws-login: waiting for another aws-login that signs in to ${portal.startUrl}; if that one waits for you, finish the sign-in in its window`,
            ],
      );
    },
  );

  test("obtain() signs in again although the token is good, when told always", async () => {
    const system = fakeSystem();
    const { provider, stands } = setup(system, { stored: fileOf("old", 60), policy: { signIn: "always" } });
    expectSignIn(system);
    expect((await provider.obtain()).accessToken).toBe("signed-in");
    expect(await stands()).toBe("signed-in refresh-9");
  });

  test("obtain() serves a sign-in that cannot be remembered as the last one, and warns", async () => {
    const system = fakeSystem();
    const { provider } = setup(system, {
      policy: { signIn: "auto" },
      loggedIn: () => Promise.reject(new Failure("failed", "cannot write /portals.json: EROFS")),
    });
    expectSignIn(system);
    expect((await provider.obtain()).accessToken).toBe("signed-in");
    expect(system.stderrLines.at(-1)).toBe(
      "aws-login: warning: the portal is not remembered as the one used last: cannot write /portals.json: EROFS",
    );
  });

  test("obtain() renews a good token when told to, and does not hide that it cannot", async () => {
    const system = fakeSystem();
    const { provider } = setup(system, { stored: fileOf("old", 60, "refresh-1"), policy: { refresh: "on" } });
    expectToken(system, renewed());
    expect((await provider.obtain()).accessToken).toBe("new");
    expectToken(system, refuses("invalid_grant"));
    expect((await failureOf(() => provider.obtain())).kind).toBe("sign-in-needed");
  });

  const unstorable = () => Promise.reject(new Error("EROFS"));

  test("obtain() spends no refresh token whose successor could not be stored, and says so", async () => {
    const system = fakeSystem();
    for (const [minutes, outcome] of [
      [
        -1,
        `cannot renew the sign-in to ${portal.startUrl}: the new token could not be stored: cannot write ${path}: EROFS`,
      ],
      [4, "old"],
    ] as const) {
      const { provider, memory } = setup(system, { stored: fileOf("old", minutes, "refresh-1") });
      memory.reserveReplacement = unstorable;
      const got = await provider.obtain().then(
        ({ accessToken }) => accessToken,
        ({ message }) => message,
      );
      expect(got).toBe(outcome);
    }
    expect(system.requests).toEqual([]);
    expect(system.stderrLines).toEqual([
      `aws-login: warning: the sign-in to ${portal.startUrl} is not renewed: the new token could not be stored: cannot write ${path}: EROFS`,
    ]);
  });

  test("obtain() does not sign in because the new token could not be stored", async () => {
    const { provider, memory } = setup(fakeSystem(), {
      stored: fileOf("old", -1, "refresh-1"),
      policy: { signIn: "auto" },
    });
    memory.reserveReplacement = unstorable;
    expect((await failureOf(() => provider.obtain())).kind).toBe("failed");
  });

  test("obtain() reserves space before the refresh, and releases it before the token is written", async () => {
    const system = fakeSystem();
    const { provider, memory } = setup(system, { stored: fileOf("old", -1, "refresh-1") });
    system.expect("POST", "https://oidc.example/token", () => {
      memory.log.push("refresh");
      return renewed();
    });
    await provider.obtain();
    const steps = memory.log.filter((line) => /^(reserve|refresh|release|write)/.test(line));
    expect(steps).toEqual([`reserve ${path}`, "refresh", `release ${path}`, `write ${path}`]);
  });

  test("obtain() releases the space of a refresh that fails", async () => {
    const system = fakeSystem();
    const { provider, memory } = setup(system, { stored: fileOf("old", 4, "refresh-1") });
    expectToken(system, refuses("invalid_grant"));
    await provider.obtain();
    expect(memory.log).toContain(`release ${path}`);
  });

  test("obtain() serves a renewed token that cannot be written after all, and warns", async () => {
    const system = fakeSystem();
    const { provider, memory } = setup(system, { stored: fileOf("old", -1, "refresh-1") });
    memory.replaceFile = async () => Promise.reject(new Error("EROFS"));
    expectToken(system, renewed());
    expect((await provider.obtain()).accessToken).toBe("new");
    expect(system.stderrLines).toEqual([
      `aws-login: warning: the new sign-in is not stored: cannot write ${path}: EROFS`,
    ]);
  });

  test("obtain() reads a token file again that the AWS CLI is rewriting", async () => {
    const system = fakeSystem();
    const { provider, memory } = setup(system, { stored: "" });
    const { sleep } = system;
    Object.assign(memory, {
      sleep: async (milliseconds: number) => {
        memory.files.set(path, fileOf("theirs", 60));
        await sleep(milliseconds);
      },
    });
    expect((await provider.obtain()).accessToken).toBe("theirs");
    expect(system.sleeps).toEqual([100]);
  });

  test("obtain() does not remember the portal of a sign-in that cannot be stored", async () => {
    const system = fakeSystem();
    const { provider, memory, signIns } = setup(system, { policy: { signIn: "auto" } });
    memory.replaceFile = async () => Promise.reject(new Error("EROFS"));
    expectSignIn(system);
    expect((await provider.obtain()).accessToken).toBe("signed-in");
    expect([signIns(), system.stderrLines.length]).toEqual([0, 6]);
    expect(system.stderrLines.at(-1)).toContain("the new sign-in is not stored");
  });

  const mustStore: Record<string, [Setup, (system: FakeSystem) => void]> = {
    "a renewed token": [
      { stored: fileOf("old", 4, "refresh-1") },
      (system) => expectToken(system, renewed()),
    ],
    "a sign-in": [{ policy: { signIn: "auto" } }, expectSignIn],
  };
  test.each(Object.entries(mustStore))(
    "obtain() fails with %s that cannot be stored",
    async (_, [what, expectRequests]) => {
      const system = fakeSystem();
      const { provider, memory } = setup(system, { ...what, mustStore: true });
      const { replaceFile } = memory;
      memory.replaceFile = async (file, text) =>
        file === path ? Promise.reject(new Error("EROFS")) : replaceFile(file, text);
      expectRequests(system);
      const failure = await failureOf(() => provider.obtain());
      expect([failure.kind, failure.message]).toEqual([
        "failed",
        expect.stringContaining(`the sign-in to ${portal.startUrl}: `),
      ]);
    },
  );
});

describe("replace()", () => {
  const refusal = new Failure("failed", "UnauthorizedException: no", {
    serviceError: { code: "UnauthorizedException", message: "no", status: 401 },
  });

  test("replace() renews first, signs in next, and then gives up", async () => {
    const system = fakeSystem();
    const { provider } = setup(system, {
      stored: fileOf("old", 60, "refresh-1"),
      policy: { signIn: "auto" },
    });
    expectToken(system, renewed());
    expect((await provider.replace("old", refusal)).accessToken).toBe("new");
    expectSignIn(system);
    expect((await provider.replace("new", refusal)).accessToken).toBe("signed-in");
    expect(await failureOf(() => provider.replace("signed-in", refusal))).toBe(refusal);
  });

  test("replace() takes what another process has put there", async () => {
    const { provider } = setup(fakeSystem(), { stored: fileOf("theirs", 60) });
    expect((await provider.replace("refused", refusal)).accessToken).toBe("theirs");
  });

  test("replace() needs a person where nothing can be renewed", async () => {
    const { provider } = setup(fakeSystem(), { stored: fileOf("old", 60) });
    const failure = await failureOf(() => provider.replace("old", refusal));
    expect([failure.kind, failure.serviceError?.status]).toEqual(["sign-in-needed", 401]);
    expect(failure.message).toContain("it is not accepted any more");
  });

  test("replace() never renews when told not to", async () => {
    const { provider } = setup(fakeSystem(), {
      stored: fileOf("old", 60, "refresh-1"),
      policy: { refresh: "off" },
    });
    expect((await failureOf(() => provider.replace("old", refusal))).kind).toBe("sign-in-needed");
  });
});
