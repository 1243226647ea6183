import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  amzDate,
  authorizationHeader,
  canonicalRequest,
  credentialScope,
  payloadHash,
  signature,
  signedHeaders,
  signingKey,
  stringToSign,
} from "../../../src/aws/sigv4/sigv4.ts";
import type { Credentials } from "../../../src/lib/credentials.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { referenceAuthorization } from "../reference-signer.ts";

interface Vector {
  request: { method: string; url: string; headers: [string, string][]; body: string };
  credentials: Credentials;
  region: string;
  service: string;
  date: string;
  expect: {
    bodySha256: string;
    signedHeaders: string;
    canonicalRequest: string[];
    canonicalRequestSha256: string;
    stringToSign: string[];
    signingKey: string;
    signature: string;
  };
}

const folder = join(import.meta.dir, "../../fixtures/sigv4");
const vectors = readdirSync(folder)
  .sort()
  .map((file): [string, Vector] => [
    file.replace(/\.json$/, "").replaceAll("-", " "),
    JSON.parse(readFileSync(join(folder, file), "utf8")),
  ]);

/** `20150830T123600Z` as milliseconds. */
function instant(date: string): number {
  return Date.parse(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, "$1-$2-$3T$4:$5:$6Z"));
}

test("the vectors are there", () => {
  expect(vectors.length).toBe(8);
});

describe.each(vectors)("%s", (_, vector) => {
  const { request, credentials, region, service, date, expect: expected } = vector;
  const url = new URL(request.url);
  const token = credentials.sessionToken;
  const { text: canonical } = canonicalRequest({
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: [
      ...request.headers,
      ["Host", url.host],
      ["X-Amz-Date", date],
      ...(token === undefined ? [] : [["X-Amz-Security-Token", token] as const]),
    ],
    body: request.body,
  });
  const scope = credentialScope(date, region, service);
  const key = signingKey(credentials.secretAccessKey, date, region, service);

  test("payloadHash() hashes the body", () => {
    expect(payloadHash(request.body)).toBe(expected.bodySha256);
  });
  test("canonicalRequest() gives the canonical request", () => {
    expect(canonical.split("\n")).toEqual(expected.canonicalRequest);
    expect(payloadHash(canonical)).toBe(expected.canonicalRequestSha256);
  });
  test("stringToSign() gives the string to sign", () => {
    expect(stringToSign(date, scope, canonical).split("\n")).toEqual(expected.stringToSign);
  });
  test("signingKey() derives the key", () => {
    expect(Buffer.from(key).toString("hex")).toBe(expected.signingKey);
  });
  test("signature() signs", () => {
    expect(signature(key, expected.stringToSign.join("\n"))).toBe(expected.signature);
  });
  test("signedHeaders() puts the stages together", () => {
    const headers = signedHeaders(request, credentials, { region, service, milliseconds: instant(date) });
    expect(headers.Authorization).toBe(
      authorizationHeader(credentials.accessKeyId, scope, expected.signedHeaders, expected.signature),
    );
    expect(headers["x-amz-date"]).toBe(date);
    expect(headers["x-amz-security-token"]).toBe(token as string);
  });
});

describe("signedHeaders()", () => {
  const credentials = { accessKeyId: "AKIAMADEUP", secretAccessKey: "made-up-secret" };
  const context = {
    region: "us-east-1",
    service: "sts",
    milliseconds: Date.UTC(2024, 1, 29, 23, 59, 59, 999),
  };
  const request = {
    method: "POST",
    url: "https://sts.us-east-1.amazonaws.com/",
    headers: [["content-type", "text/plain"]] as const,
    body: "x",
  };

  test("sends the given headers unchanged and no token header for long-term keys", () => {
    const headers = signedHeaders({ ...request, headers: [["Content-Type", "a  b"]] }, credentials, context);
    expect(Object.keys(headers)).toEqual(["Content-Type", "x-amz-date", "Authorization"]);
    expect(headers["Content-Type"]).toBe("a  b");
  });
  test("joins the values of a repeated header, as it signs them", () => {
    const headers = signedHeaders(
      {
        ...request,
        headers: [
          ["a", "1"],
          ["a", "2"],
        ],
      },
      credentials,
      context,
    );
    expect(headers.a).toBe("1,2");
  });
  test("sends but does not sign what a proxy may change", () => {
    const headers = signedHeaders({ ...request, headers: [["user-agent", "x"]] }, credentials, context);
    expect(headers["user-agent"]).toBe("x");
    expect(headers.Authorization).toContain("SignedHeaders=host;x-amz-date,");
  });
  test("uses the instant it is given for both dates, whole seconds cut, not rounded", () => {
    const headers = signedHeaders(request, credentials, context);
    expect(headers["x-amz-date"]).toBe("20240229T235959Z");
    expect(headers.Authorization).toContain("Credential=AKIAMADEUP/20240229/us-east-1/sts/aws4_request,");
  });

  const unfit: Record<string, [Credentials, string, string]> = {
    "a line end after the access key id": [
      { ...credentials, accessKeyId: "AKIAMADEUP\n" },
      "cannot sign the request: the access key id holds a character that no AWS key has (character 11)",
      "AKIAMADEUP",
    ],
    "a letter outside ASCII in the token": [
      { ...credentials, sessionToken: "secr\u00e9t" },
      "cannot sign the request: the session token holds a character that no AWS key has (character 5)",
      "secr",
    ],
  };
  test.each(Object.entries(unfit))("refuses %s without repeating it", (_, [broken, message, secret]) => {
    let failure: unknown;
    try {
      signedHeaders(request, broken, context);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toBe(message);
    expect(JSON.stringify(failure)).not.toContain(secret);
  });
});

describe("signedHeaders() agrees with a second signer on", () => {
  const date = "20251231T000001Z";
  const base = {
    method: "POST",
    url: "https://sts.us-east-1.amazonaws.com/",
    headers: [["content-type", "application/x-www-form-urlencoded; charset=utf-8"]] as readonly [
      string,
      string,
    ][],
    body: "Action=GetCallerIdentity&Version=2011-06-15",
    region: "us-east-1",
    service: "sts",
    accessKeyId: "ASIAMADEUP",
    secretAccessKey: "made/up+secret",
  };
  const cases: Record<string, Partial<typeof base> & { sessionToken?: string }> = {
    "the plain case": {},
    "an empty body": { method: "GET", body: "" },
    "a body of every kind of character": { body: "\u0000 \t\r\n\u007f é € 𝄞 \ud83d\ude00" },
    "a large body": { body: "0123456789abcdef".repeat(65_536) },
    "a long token with the characters of base64": { sessionToken: "Aa0+/=".repeat(1000) },
    "a secret longer than a block of the hash": { secretAccessKey: "k".repeat(200) },
    "a port that is not the scheme's own": { url: "https://sts.example.com:8443/" },
    "the scheme's own port": { url: "http://sts.example.com:80/" },
    "an IPv6 address": { url: "http://[::1]:4566/" },
    "a host in capitals": { url: "https://STS.Example.com/" },
    "a path with what encodeURIComponent leaves alone": { url: "https://example.com/!'()*/~" },
    "a path with encoded characters": { url: "https://example.com/a%20b%2Fc/%E2%82%AC" },
    "a query of equal names": { url: "https://example.com/?b=2&a=2&a=10&a=1&A=0&a" },
    "a query whose names begin alike": {
      url: "https://example.com/?Param-3=1&Param=2&Param.=3&Param%20=4&Param0=5",
    },
    "a query with equals signs and plus signs in the values": {
      url: "https://example.com/?a=b=c&d=e+f&g=%2B",
    },
    "a query with characters outside ASCII": { url: "https://example.com/?%E1%88%B4=%F0%9D%84%9E&z=%7E" },
    "headers in any order and case": {
      headers: [
        ["Zeta", "1"],
        ["ALPHA", "2"],
        ["mid-dle", "3"],
      ],
    },
    "headers with blanks around and inside": {
      headers: [
        ["a", "  x  \t y "],
        ["b", ""],
        ["c", '"a   b"'],
      ],
    },
    "a region and service with unusual letters": { region: "fake-region-10", service: "execute-api" },
  };
  test.each(Object.entries(cases))("%s", (_, changes) => {
    const { accessKeyId, secretAccessKey, region, service, sessionToken, ...request } = {
      ...base,
      ...changes,
    };
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
    const headers = signedHeaders(request, credentials, { region, service, milliseconds: instant(date) });
    expect(headers.Authorization).toBe(referenceAuthorization({ ...base, ...changes, date }));
  });
});

test("amzDate() writes UTC without fractions", () => {
  expect(amzDate(0)).toBe("19700101T000000Z");
  expect(amzDate(Date.UTC(2015, 7, 30, 12, 36, 0, 1))).toBe("20150830T123600Z");
});
