import { describe, expect, test } from "bun:test";
import { containerAddress } from "../../../src/aws/container/container-address.ts";
import { containerCredentials } from "../../../src/aws/container/container-credentials.ts";
import { proxyRules } from "../../../src/aws/http/proxy.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const url = "http://127.0.0.1:8080/creds?id=made-up-id";
const address = containerAddress("AWS_CONTAINER_CREDENTIALS_FULL_URI", url);
const document = {
  AccessKeyId: "ASIAMADEUP",
  SecretAccessKey: "made-up-secret",
  Token: "made-up-token",
  Expiration: "2030-01-31T18:00:00Z",
};
const good = () => Response.json(document);
const noToken = async () => undefined;

describe("containerCredentials()", () => {
  test("containerCredentials() sends the token unchanged, without a scheme before it", async () => {
    const system = fakeSystem();
    system.expect("GET", url, good());
    const credentials = await containerCredentials(
      fakeHttpClient(system),
      address,
      async () => " raw token ",
    );
    expect(credentials).toMatchObject({ accessKeyId: "ASIAMADEUP", sessionToken: "made-up-token" });
    expect(system.requests[0]?.headers).toMatchObject({
      authorization: " raw token ",
      accept: "application/json",
    });
  });

  test("containerCredentials() sends no Authorization when there is no token", async () => {
    const system = fakeSystem();
    system.expect("GET", url, good());
    await containerCredentials(fakeHttpClient(system), address, noToken);
    expect(system.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  test("containerCredentials() asks again after a second, with the token of that moment", async () => {
    const system = fakeSystem();
    system.expect("GET", url, new Response("soon", { status: 500 }));
    system.expect("GET", url, good());
    const tokens = ["old", "new"];
    await containerCredentials(fakeHttpClient(system), address, async () => tokens.shift());
    expect(system.sleeps).toEqual([1000]);
    expect(system.requests.map(({ headers }) => headers.authorization)).toEqual(["old", "new"]);
  });

  const failures: Record<string, [reply: () => Response | Error, why: string]> = {
    "an error document": [
      () => Response.json({ code: "AccessDenied", message: "not you" }, { status: 403 }),
      "127.0.0.1:8080 responded with status 403: AccessDenied: not you",
    ],
    "an answer without keys": [
      () => Response.json({ AccessKeyId: "ASIAMADEUP" }),
      "127.0.0.1:8080 responded without AccessKeyId, SecretAccessKey, Token or a readable Expiration",
    ],
    "a page": [
      () => new Response("<html>", { headers: { "content-type": "text/html" } }),
      "127.0.0.1:8080 responded with something that is not a JSON object",
    ],
    "a redirect": [
      () => new Response("", { status: 302, headers: { location: "http://evil.example/" } }),
      "127.0.0.1:8080 responded with a redirect (302), which is not followed",
    ],
    "a refused connection": [
      () => Object.assign(new Error("refused"), { code: "ConnectionRefused" }),
      "127.0.0.1:8080: the connection was refused",
    ],
  };
  for (const [sentence, [reply, why]] of Object.entries(failures)) {
    test(`containerCredentials() gives up after three times ${sentence}`, async () => {
      const system = fakeSystem();
      for (let attempt = 0; attempt < 3; attempt++) system.expect("GET", url, reply());
      const http = fakeHttpClient(system);
      const failure = await failureOf(() =>
        containerCredentials(http, address, async () => "made-up-secret"),
      );
      expect(failure.message).toBe(
        `cannot get container credentials (AWS_CONTAINER_CREDENTIALS_FULL_URI): ${why}`,
      );
      expect(system.sleeps).toEqual([1000, 1000]);
      expect(shownText(failure) + http.traced.join()).not.toContain("made-up");
    });
  }

  test("containerCredentials() hands on what helps against the network's reason", async () => {
    const system = fakeSystem();
    const elsewhere = "https://creds.example/x";
    const untrusted = Object.assign(new Error("no"), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
    for (let attempt = 0; attempt < 3; attempt++) system.expect("GET", elsewhere, untrusted);
    const where = containerAddress("AWS_CONTAINER_CREDENTIALS_FULL_URI", elsewhere);
    const failure = await failureOf(() => containerCredentials(fakeHttpClient(system), where, noToken));
    expect(failure.hints).toEqual([
      "outside a container, unset AWS_CONTAINER_CREDENTIALS_FULL_URI",
      "if a proxy re-signs TLS here, name its certificate file in AWS_CA_BUNDLE",
    ]);
  });

  test("containerCredentials() waits two seconds for a response", async () => {
    const system = fakeSystem();
    for (let attempt = 0; attempt < 3; attempt++) system.expect("GET", url, system.silence);
    const started = system.now();
    const failure = await failureOf(() => containerCredentials(fakeHttpClient(system), address, noToken));
    expect(failure.message).toEndWith("127.0.0.1:8080: no response within 2 seconds");
    expect(system.now() - started).toBe(8000);
  });

  const proxies = proxyRules({
    HTTP_PROXY: "http://proxy.example:3128",
    HTTPS_PROXY: "http://proxy.example:3128",
  });

  for (const local of [
    "http://127.0.0.1/x",
    "http://169.254.170.2/x",
    "http://169.254.170.23/x",
    "http://[fd00:ec2::23]/x",
    "https://localhost/x",
  ]) {
    test(`containerCredentials() asks ${local} past any proxy`, async () => {
      const system = fakeSystem();
      system.expect("GET", local, good());
      const where = containerAddress("AWS_CONTAINER_CREDENTIALS_FULL_URI", local);
      await containerCredentials(fakeHttpClient(system, { proxies }), where, noToken);
      expect(system.requests[0]?.proxy).toBeUndefined();
    });
  }

  test("containerCredentials() reaches a host elsewhere as every other: through the proxy, with the certificates", async () => {
    const system = fakeSystem();
    const elsewhere = "https://creds.example/x";
    system.expect("GET", elsewhere, good());
    const ca = { pem: "made-up PEM", source: "AWS_CA_BUNDLE" };
    const where = containerAddress("AWS_CONTAINER_CREDENTIALS_FULL_URI", elsewhere);
    await containerCredentials(fakeHttpClient(system, { proxies, ca }), where, noToken);
    expect(system.requests[0]).toMatchObject({ proxy: "http://proxy.example:3128", ca: "made-up PEM" });
  });
});
