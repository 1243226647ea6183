import { describe, expect, test } from "bun:test";
import { newDpopKey } from "../../../src/aws/signin/dpop.ts";
import { signInElsewhere, signInHere } from "../../../src/commands/login/console-sign-in.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { codeChallenge } from "../../../src/lib/pkce.ts";
import type { Pasted, System } from "../../../src/system/types.ts";
import { failureOf } from "../../support/failure.ts";
import { expectLogin, loginResponse } from "../../support/fake-console-login.ts";
import { caller, sentBody } from "../../support/fake-portal.ts";
import { type FakeSystem, fakeSystem } from "../../support/fake-system.ts";

const base = "https://us-east-1.signin.aws.amazon.com";

async function signIn(instead: Partial<System>) {
  const randomBytes = (length: number) => new Uint8Array(length).fill(7);
  const system: FakeSystem = fakeSystem({ instead: { randomBytes, ...instead } });
  return { system, caller: caller(system, base), dpopKey: await newDpopKey() };
}

/** The person pastes these. */
const pasting = (...texts: Pasted[]): Partial<System> => ({
  promptPaste: async () => texts.shift() ?? { kind: "ended" },
});
const state = "07070707-0707-4707-8707-070707070707";
const code = (text: string): Pasted => ({ kind: "pasted", text: Buffer.from(text).toString("base64") });

describe("signInElsewhere()", () => {
  test("signInElsewhere() trades the pasted code, after it has refused others", async () => {
    const context = await signIn(
      pasting({ kind: "too-long" }, code("state=other&code=x"), code(`state=${state}&code=c`)),
    );
    expectLogin(context.system);
    const login = await signInElsewhere(context);
    expect(login).toMatchObject({
      refreshToken: loginResponse.refreshToken,
      clientId: "arn:aws:signin:::devtools/cross-device",
    });
    const body = sentBody(context.system.requests[0]) as Record<string, string>;
    expect(body).toMatchObject({
      grantType: "authorization_code",
      code: "c",
      redirectUri: `${base}/v1/sessions/confirmation`,
    });
    const page = new URL(context.system.stderrLines[1]?.trim() ?? "");
    expect(page.searchParams.get("code_challenge")).toBe(codeChallenge(body.codeVerifier ?? ""));
    expect(context.system.stderrLines.slice(3)).toEqual([
      "aws-login: cannot use what was pasted: it is too long",
      "aws-login: cannot use what was pasted: it is of another sign-in",
    ]);
  });

  test("signInElsewhere() fails without a terminal, and when nothing is pasted in time", async () => {
    const without = await failureOf(async () =>
      signInElsewhere(await signIn(pasting({ kind: "no-terminal" }))),
    );
    expect(without.message).toBe("there is no terminal to paste the code into");
    const late = await failureOf(async () => signInElsewhere(await signIn(pasting())));
    expect(late.message).toBe("no code was pasted within 10 minutes");
  });
});

describe("signInHere()", () => {
  const choice = { browser: "open" } as const;

  test("signInHere() trades the code that the browser brings back", async () => {
    const serveCallback: System["serveCallback"] = async (answer, _listening, opened) => {
      await opened(4321);
      const target = `/oauth/callback?code=c&state=${state}`;
      const request = { method: "GET", target, host: "127.0.0.1:4321", isOurs: async () => true };
      return (await answer(request)).result?.value;
    };
    const context = await signIn({ serveCallback });
    expectLogin(context.system);
    const login = await signInHere(context, choice);
    expect(login?.clientId).toBe("arn:aws:signin:::devtools/same-device");
    expect(sentBody(context.system.requests[0])).toMatchObject({
      code: "c",
      redirectUri: "http://127.0.0.1:4321/oauth/callback",
    });
    expect(context.system.opened[0]).toStartWith(`${base}/v1/authorize?`);
  });

  test("signInHere() is undefined when no browser can be opened", async () => {
    const context = await signIn({
      openBrowser: async () => Promise.reject(new Failure("failed", "cannot open the browser: x")),
      serveCallback: async (_answer, _listening, opened) => {
        await opened(4321);
        return undefined;
      },
    });
    expect(await signInHere(context, choice)).toBeUndefined();
  });

  test("signInHere() names --remote when no browser comes back", async () => {
    const context = await signIn({ serveCallback: async () => undefined });
    const failure = await failureOf(() => signInHere(context, choice));
    expect(failure.message).toBe("no browser came back within 10 minutes");
    expect(failure.hints.join()).toContain("--remote");
  });
});
