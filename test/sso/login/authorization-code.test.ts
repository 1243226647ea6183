import { describe, expect, test } from "bun:test";
import { Failure } from "../../../src/lib/errors.ts";
import { authorizationCode, type CodeRequest } from "../../../src/sso/login/authorization-code.ts";
import type { Elsewhere } from "../../../src/sso/login/choose-flow.ts";
import type { Listening, Pasted, System } from "../../../src/system/types.ts";
import { failureOf } from "../../support/failure.ts";
import { type FakeSystem, fakeSystem } from "../../support/fake-system.ts";

const back = "http://127.0.0.1:4321/oauth/callback";
const pasted = (text: string): Pasted => ({ kind: "pasted", text });

interface Scene {
  readonly system: FakeSystem;
  readonly listenings: Listening[];
  /** The codes that were traded. */
  readonly traded: string[];
  readonly request: CodeRequest<string>;
}

/**
 * The person pastes these texts one after the other, and after them waits for the browser. `browser` is the query that
 * the browser comes back with when the person waits; without one it never comes.
 */
function scene(
  texts: readonly Pasted[],
  elsewhere: Elsewhere = { paste: "ask" },
  { browser, refuses = [] }: { readonly browser?: string; readonly refuses?: readonly string[] } = {},
): Scene {
  const answers = [...texts];
  const listenings: Listening[] = [];
  const traded: string[] = [];
  const waits = Promise.withResolvers<void>();
  const serveCallback: System["serveCallback"] = async (answer, listening, opened) => {
    listenings.push(listening);
    const outcome = opened(4321);
    if (browser === undefined) return (await outcome)?.value;
    await waits.promise;
    const target = `/oauth/callback?${browser}`;
    const request = { method: "GET", target, host: "127.0.0.1:4321", isOurs: async () => true };
    return (await answer(request)).result?.value;
  };
  const system = fakeSystem({
    instead: {
      serveCallback,
      promptPaste: async (_, until) => {
        const next = answers.shift();
        if (next !== undefined) return next;
        waits.resolve();
        if (browser === undefined) throw new Error("nothing more is pasted");
        await new Promise((resolve) => until.addEventListener("abort", resolve));
        return { kind: "ended" };
      },
    },
  });
  const request: CodeRequest<string> = {
    ...{ system, choice: { browser: "leave", elsewhere }, to: "there", state: "s" },
    page: (redirectUri) => `https://oidc.example/authorize?redirect_uri=${redirectUri}`,
    trade: async (code, redirectUri) => {
      traded.push(`${code} ${redirectUri}`);
      if (!refuses.includes(code)) return `token of ${code}`;
      const serviceError = { code: "invalid_grant", message: "no", status: 400 };
      throw new Failure("failed", "invalid_grant: no", { serviceError });
    },
  };
  return { system, listenings, traded, request };
}

describe("authorizationCode() for a browser on another machine", () => {
  test("authorizationCode() shows the page, opens nothing, and trades the code of a pasted address", async () => {
    const { system, traded, request, listenings } = scene([pasted(`${back}?code=c&state=s`)]);
    expect(await authorizationCode(request)).toEqual({ kind: "traded", value: "token of c" });
    expect(system.opened).toEqual([]);
    expect(traded).toEqual([`c ${back}`]);
    expect(listenings).toEqual([{ timeoutMilliseconds: 600_000 }]);
    expect(system.stderrLines).toEqual([
      "aws-login: to sign in to there, open this page in any browser:",
      `    https://oidc.example/authorize?redirect_uri=${back}`,
      `aws-login: the browser ends at ${back}?…; where it cannot load that page, paste its address here`,
    ]);
  });

  test("authorizationCode() asks again for what is too long or of another sign-in", async () => {
    const texts: Pasted[] = [{ kind: "too-long" }, pasted(`${back}?code=x&state=t`), pasted("c")];
    const { system, traded, request } = scene(texts);
    expect(await authorizationCode(request)).toEqual({ kind: "traded", value: "token of c" });
    expect(traded).toEqual([`c ${back}`]);
    expect(system.stderrLines.slice(-2)).toEqual([
      "aws-login: cannot use what was pasted: it is too long",
      "aws-login: cannot use what was pasted: it is of another sign-in",
    ]);
  });

  test("authorizationCode() asks again when the service refuses a code without its state", async () => {
    const texts = [pasted("clipboard"), pasted(`${back}?code=c&state=s`)];
    const { traded, request } = scene(texts, undefined, { refuses: ["clipboard"] });
    expect(await authorizationCode(request)).toEqual({ kind: "traded", value: "token of c" });
    expect(traded.map((line) => line.split(" ")[0])).toEqual(["clipboard", "c"]);
  });

  test("authorizationCode() ends when the service refuses the code of the right address", async () => {
    const { request } = scene([pasted(`${back}?code=c&state=s`)], undefined, { refuses: ["c"] });
    const failure = await failureOf(() => authorizationCode(request));
    expect(failure.serviceError?.code).toBe("invalid_grant");
  });

  test("authorizationCode() ends when the pasted address holds a refusal", async () => {
    const { request, traded } = scene([pasted(`${back}?error=access_denied&state=s`)]);
    const failure = await failureOf(() => authorizationCode(request));
    expect(failure.message).toBe("the request was refused in the browser");
    expect(traded).toEqual([]);
  });

  test("authorizationCode() takes the browser that comes while the terminal asks, and stops asking", async () => {
    const { request } = scene([pasted("no code")], undefined, { browser: "code=c&state=s" });
    expect(await authorizationCode(request)).toEqual({ kind: "traded", value: "token of c" });
  });

  test("authorizationCode() waits for the browser alone where there is no terminal", async () => {
    const { system, request } = scene([{ kind: "no-terminal" }]);
    expect((await authorizationCode(request)).kind).toBe("timed-out");
    expect(system.stderrLines.at(-1)).toBe(
      "aws-login: there is no terminal to paste into; waiting for the browser",
    );
  });

  test("authorizationCode() listens on the port that is named, and over SSH says how to forward it", async () => {
    const elsewhere = {
      paste: "never",
      port: 4321,
      sshConnection: "192.0.2.1 50000 192.0.2.2 22",
    } as const;
    const { system, request, listenings } = scene([], elsewhere);
    await authorizationCode(request);
    expect(listenings).toEqual([{ timeoutMilliseconds: 600_000, port: 4321 }]);
    expect(system.stderrLines.slice(-2)).toEqual([
      "aws-login: for a browser on your own machine to reach this one, run there:",
      "    ssh -L 4321:127.0.0.1:4321 192.0.2.2",
    ]);
  });

  test("authorizationCode() goes on waiting at the named port when no browser can be opened", async () => {
    const { request } = scene([], { paste: "never", port: 4321 });
    const lines: string[] = [];
    const system = {
      ...request.system,
      stderr: (line: string) => void lines.push(line),
      openBrowser: async () => Promise.reject(new Failure("failed", "cannot open the browser: none")),
    };
    const outcome = await authorizationCode({
      ...{ ...request, system },
      choice: { ...request.choice, browser: "open" },
    });
    expect(outcome.kind).toBe("timed-out");
    expect(lines.at(-1)).toBe(
      `aws-login: cannot open the browser: none; waiting for another browser at ${back}`,
    );
  });
});
