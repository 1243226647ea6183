import { describe, expect, test } from "bun:test";
import { customEndpoint } from "../../../src/aws/endpoints/custom-endpoint.ts";
import { Failure } from "../../../src/lib/errors.ts";

describe("customEndpoint()", () => {
  const taken: Record<string, [setting: string, url: string, host: string]> = {
    "an https URL": ["https://sts.example.com", "https://sts.example.com", "sts.example.com"],
    "a slash at the end, dropped": ["https://sts.example.com/", "https://sts.example.com", "sts.example.com"],
    "a path, kept": ["https://example.com/a/b//", "https://example.com/a/b", "example.com"],
    "a long row of slashes in the middle": [
      `https://example.com/a${"/".repeat(300_000)}x`,
      `https://example.com/a${"/".repeat(300_000)}x`,
      "example.com",
    ],
    "http on a port": ["http://127.0.0.1:4566", "http://127.0.0.1:4566", "127.0.0.1:4566"],
    "the scheme's own port, dropped": ["https://example.com:443", "https://example.com", "example.com"],
    "an IPv6 address": ["http://[::1]:8080/x", "http://[::1]:8080/x", "[::1]:8080"],
    "a host in capitals": ["HTTPS://EXAMPLE.com", "https://example.com", "example.com"],
  };
  test.each(Object.entries(taken))("takes %s", (_, [setting, url, host]) => {
    expect(customEndpoint({ url: setting, source: "AWS_ENDPOINT_URL" })).toEqual({ url, host });
  });

  const refused: Record<string, [setting: string, why: string]> = {
    nothing: ["", "it is not an http or https URL"],
    "a bare host": ["sts.example.com", "it is not an http or https URL"],
    "a host and port without a scheme": ["localhost:4566", "it is not an http or https URL"],
    "another scheme": ["file:///etc/hosted-secret", "it is not an http or https URL"],
    "a password": ["https://user:hosted-secret@example.com", "it holds a user name or password"],
    "a user name": ["https://hosted-secret@example.com", "it holds a user name or password"],
    "a query": ["https://example.com/?hosted-secret", "it holds a query or a fragment"],
    "a fragment": ["https://example.com/#hosted-secret", "it holds a query or a fragment"],
  };
  test.each(Object.entries(refused))("refuses %s without repeating it", (_, [setting, why]) => {
    let failure: unknown;
    try {
      customEndpoint({ url: setting, source: "AWS_ENDPOINT_URL" });
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Failure);
    const { message, hints } = failure as Failure;
    expect(message).toBe(`cannot use the endpoint of AWS_ENDPOINT_URL: ${why}`);
    expect(hints.join()).not.toContain("hosted-secret");
  });
});
