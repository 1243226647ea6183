import { describe, expect, test } from "bun:test";
import { resolveStartUrl } from "../../../src/aws/sso/resolve-start-url.ts";
import { failureOf } from "../../support/failure.ts";
import { caller, oidcUrl } from "../../support/fake-portal.ts";
import { type FakeSystem, fakeSystem } from "../../support/fake-system.ts";

const startUrl = "https://aws.example.com/start";
const redirect = (location: string, status = 302) => new Response(null, { status, headers: { location } });
const resolve = (system: FakeSystem, url = startUrl) => resolveStartUrl(caller(system, oidcUrl).http, url);

describe("resolveStartUrl()", () => {
  test("resolveStartUrl() sends nothing for an AWS access portal or this machine", async () => {
    for (const url of ["https://d-1234567890.awsapps.com/start/#/", "http://127.0.0.1:1/start"]) {
      expect(await resolve(fakeSystem(), url)).toEqual({ url, region: undefined });
    }
  });

  const targets: Record<string, [location: string, url: string, region: string | undefined]> = {
    "to a classic start URL": [
      "https://d-1234567890.awsapps.com/start/?x=1#/",
      "https://d-1234567890.awsapps.com/start",
      undefined,
    ],
    "to a host that names the region": [
      "https://ssoins-1.portal.eu-west-1.app.aws",
      "https://ssoins-1.portal.eu-west-1.app.aws",
      "eu-west-1",
    ],
    "without a host": [
      "//d-1234567890.awsapps.com/start",
      "https://d-1234567890.awsapps.com/start",
      undefined,
    ],
  };
  for (const [name, [location, url, region]] of Object.entries(targets)) {
    test(`resolveStartUrl() reads a redirect ${name}, without credentials`, async () => {
      const system = fakeSystem();
      system.expect("HEAD", startUrl, redirect(location));
      expect(await resolve(system)).toEqual({ url, region });
      expect(Object.keys(system.requests[0]?.headers ?? {})).toEqual(["accept-encoding"]);
    });
  }

  for (const status of [405, 501]) {
    test(`resolveStartUrl() sends GET after ${status}`, async () => {
      const system = fakeSystem();
      system.expect("HEAD", startUrl, new Response(null, { status }));
      system.expect("GET", startUrl, redirect("https://d-1234567890.awsapps.com/start", 307));
      expect((await resolve(system)).url).toBe("https://d-1234567890.awsapps.com/start");
    });
  }

  const refusals: Record<string, [reply: Response, why: string]> = {
    "a page": [new Response(""), "its host is not AWS's and responds with 200 without a redirect"],
    "an error": [
      new Response("", { status: 404 }),
      "its host is not AWS's and responds with 404 without a redirect",
    ],
    "a redirect elsewhere": [
      redirect("https://evil.example/awsapps.com"),
      "it redirects to https://evil.example",
    ],
    "a redirect to a host that ends alike": [
      redirect("https://evilawsapps.com/start"),
      "it redirects to https://evilawsapps.com",
    ],
    "a redirect without TLS": [
      redirect("http://d-1234567890.awsapps.com/start"),
      "it redirects to http://d-1234567890.awsapps.com",
    ],
    "a redirect to this machine over http": [
      redirect("http://127.0.0.1/"),
      "it redirects to http://127.0.0.1",
    ],
    "a redirect to no address": [redirect("https://"), "its redirect names no address"],
  };
  for (const [name, [reply, why]] of Object.entries(refusals)) {
    test(`resolveStartUrl() refuses ${name}`, async () => {
      const system = fakeSystem();
      system.expect("HEAD", startUrl, reply);
      const failure = await failureOf(() => resolve(system));
      expect(failure.message).toBe(`the start URL leads to no AWS access portal: ${why}`);
      expect(failure.hints.join()).toContain("https://d-1234567890.awsapps.com/start");
    });
  }

  test("resolveStartUrl() says that the start URL does not resolve when no response comes", async () => {
    const system = fakeSystem();
    system.expect("HEAD", startUrl, Object.assign(new Error("gone"), { code: "ECONNRESET" }));
    expect((await failureOf(() => resolve(system))).message).toStartWith("the start URL does not resolve: ");
  });
});
