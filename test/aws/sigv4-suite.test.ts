/**
 * Runs a folder of public SigV4 vectors (the layout of aws-c-auth's test suite: one folder a vector with
 * `request.txt`, `context.json` and the expected stages). Set AWS_SIGV4_SUITE to the folder's path.
 */
import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Header } from "../../src/aws/sigv4/canonical-request.ts";
import {
  amzDate,
  authorizationHeader,
  canonicalRequest,
  credentialScope,
  payloadHash,
  signature,
  signingKey,
  stringToSign,
} from "../../src/aws/sigv4/sigv4.ts";

const suite = process.env.AWS_SIGV4_SUITE;

test.skipIf(suite === undefined)(
  "the public SigV4 suite (AWS_SIGV4_SUITE names its folder) has vectors",
  () => {
    expect(vectorNames().length).toBeGreaterThan(0);
  },
);

describe("the public SigV4 suite", () => {
  for (const name of vectorNames()) {
    test(name, () => {
      const read = (file: string) => readFileSync(join(suite ?? "", name, file), "utf8");
      const request = parseRequest(read("request.txt"));
      const context = JSON.parse(read("context.json"));
      const { access_key_id: id, secret_access_key: secret, token } = context.credentials;
      const date = amzDate(Date.parse(context.timestamp));
      const headers: Header[] = [...request.headers, ["X-Amz-Date", date]];
      if (token) headers.push(["X-Amz-Security-Token", token]);
      if (context.sign_body) headers.push(["x-amz-content-sha256", payloadHash(request.body)]);
      const { text: canonical, signedHeaders } = canonicalRequest({
        ...request,
        headers,
        normalizePath: context.normalize,
      });
      expect(canonical).toBe(read("header-canonical-request.txt"));
      const scope = credentialScope(date, context.region, context.service);
      const toSign = stringToSign(date, scope, canonical);
      expect(toSign).toBe(read("header-string-to-sign.txt"));
      const signed = signature(signingKey(secret, date, context.region, context.service), toSign);
      expect(signed).toBe(read("header-signature.txt"));
      expect(read("header-signed-request.txt").split("\n")).toContain(
        `Authorization:${authorizationHeader(id, scope, signedHeaders, signed)}`,
      );
    });
  }
});

function vectorNames(): string[] {
  if (suite === undefined) return [];
  return readdirSync(suite).filter((name) => existsSync(join(suite, name, "header-signature.txt")));
}

/** The head is parsed by hand: the vectors hold requests that no HTTP client would send. */
function parseRequest(text: string) {
  const [head = "", body = ""] = text.split(/\n\n([\s\S]*)/);
  const [requestLine = "", ...lines] = head.replace(/\n$/, "").split("\n");
  const [, method = "", target = ""] = /^(\S+) (.*) HTTP\/1\.1$/.exec(requestLine) ?? [];
  const headers: [string, string][] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    if (/^\s/.test(line) && last !== undefined) last[1] += `\n${line}`;
    else headers.push([line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]);
  }
  const [path = "", query = ""] = target.split("?");
  return { method, path, query, headers, body };
}
