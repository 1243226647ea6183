import { describe, expect, test } from "bun:test";
import { authorizedPath } from "../../src/endpoint/authorization.ts";

const secrets = { path: "/0123456789abcdef", token: "fedcba9876543210" };
const good = { host: "127.0.0.1:4100", authorization: secrets.token };

function admitted(headers: Record<string, string | undefined>, target = secrets.path, method = "GET") {
  const all: Record<string, string | undefined> = { ...good, ...headers };
  return authorizedPath({ method, target, header: (name) => all[name] }, secrets, 4100);
}

describe("authorizedPath()", () => {
  test("admits a request that knows the path and the token", () => {
    expect(admitted({})).toBe("");
    expect(admitted({ host: "localhost:4100" })).toBe("");
  });

  test("answers what stands behind the secret path, as it is", () => {
    expect(admitted({}, `${secrets.path}/profile/a%20b`)).toBe("/profile/a%20b");
  });

  const refused: Record<string, () => string | undefined> = {
    "another token": () => admitted({ authorization: "fedcba9876543211" }),
    "no token": () => admitted({ authorization: undefined }),
    "the token with a scheme": () => admitted({ authorization: `Bearer ${secrets.token}` }),
    "the token and more": () => admitted({ authorization: secrets.token.repeat(2) }),
    "another path": () => admitted({}, "/0123456789abcdee"),
    "a part of the path": () => admitted({}, "/0123456789abcde"),
    "no path": () => admitted({}, "/"),
    "another name for this machine": () => admitted({ host: "evil.example:4100" }),
    "the machine's name without the port": () => admitted({ host: "127.0.0.1" }),
    "another port": () => admitted({ host: "127.0.0.1:4101" }),
    "no Host": () => admitted({ host: undefined }),
    "the page of another site": () => admitted({ origin: "https://evil.example" }),
    "a page whose origin is hidden": () => admitted({ origin: "null" }),
    "an empty Origin": () => admitted({ origin: "" }),
    "a browser": () => admitted({ "sec-fetch-site": "none" }),
    "a proxy": () => admitted({ "x-forwarded-for": "10.0.0.1" }),
    ...Object.fromEntries(
      ["POST", "PUT", "HEAD", "OPTIONS", "DELETE", "get"].map((method) => [
        `the method ${method}`,
        () => admitted({}, secrets.path, method),
      ]),
    ),
  };
  test.each(Object.entries(refused))("refuses %s", (_, ask) => expect(ask()).toBeUndefined());
});
