import { describe, expect, test } from "bun:test";
import { type Callback, readCallback } from "../../../src/sso/login/callback.ts";

const state = "the-state";
const port = 4321;
const host = `127.0.0.1:${port}`;

describe("readCallback()", () => {
  const cases: Record<string, [Partial<Parameters<typeof readCallback>[0]>, Callback]> = {
    "takes a code with the right state": [
      { target: "/oauth/callback?code=c%2B1&state=the-state" },
      { kind: "code", code: "c+1" },
    ],
    "takes a refusal with the state": [
      { target: "/oauth/callback?error=access_denied&state=the-state" },
      { kind: "refused", error: "access_denied" },
    ],
    "passes over a refusal without a state": [
      { target: "/oauth/callback?error=access_denied&error_description=x" },
      { kind: "stray", status: 400 },
    ],
    "passes over a refusal with a wrong state": [
      { target: "/oauth/callback?error=access_denied&state=wrong" },
      { kind: "stray", status: 400 },
    ],
    "passes over a code with a wrong state": [
      { target: "/oauth/callback?code=c&state=wrong" },
      { kind: "stray", status: 400 },
    ],
    "passes over a code without a state": [
      { target: "/oauth/callback?code=c" },
      { kind: "stray", status: 400 },
    ],
    "passes over an empty code": [
      { target: "/oauth/callback?code=&state=the-state" },
      { kind: "stray", status: 400 },
    ],
    "passes over no parameters": [{ target: "/oauth/callback" }, { kind: "stray", status: 400 }],
    "passes over the icon that browsers ask for": [
      { target: "/favicon.ico" },
      { kind: "stray", status: 404 },
    ],
    "passes over another path with the parameters": [
      { target: "/?code=c&state=the-state" },
      { kind: "stray", status: 404 },
    ],
    "passes over the path on another host": [
      { target: "//evil.example/oauth/callback?code=c&state=the-state" },
      { kind: "stray", status: 404 },
    ],
    "passes over a longer path": [
      { target: "/oauth/callback/?code=c&state=the-state" },
      { kind: "stray", status: 404 },
    ],
    "takes a code with a question mark in it": [
      { target: "/oauth/callback?code=c?1&state=the-state" },
      { kind: "code", code: "c?1" },
    ],
    "passes over another host name": [
      { target: "/oauth/callback?code=c&state=the-state", host: "evil.example" },
      { kind: "stray", status: 404 },
    ],
    "passes over another port": [
      { target: "/oauth/callback?code=c&state=the-state", host: "127.0.0.1:1" },
      { kind: "stray", status: 404 },
    ],
    "passes over a form": [
      { target: "/oauth/callback?code=c&state=the-state", method: "POST" },
      { kind: "stray", status: 405 },
    ],
  };
  test("readCallback() takes a code at port 80, which browsers leave out of the Host header", () => {
    const request = { method: "GET", target: "/oauth/callback?code=c&state=the-state", host: "127.0.0.1" };
    expect(readCallback(request, state, 80)).toEqual({ kind: "code", code: "c" });
    expect(readCallback(request, state, 8080)).toEqual({ kind: "stray", status: 404 });
  });

  for (const [name, [request, callback]] of Object.entries(cases)) {
    test(`readCallback() ${name}`, () => {
      expect(readCallback({ method: "GET", target: "/", host, ...request }, state, port)).toEqual(callback);
    });
  }
});
