import { expect, test } from "bun:test";
import type { Header } from "./http/message.ts";
import { canonicalRequest, sha256, signature, signingKey, stringToSign } from "./sigv4/canonical.ts";
import { sts } from "./sts/sts.ts";
import { postCall, stsReply } from "./support/ask.ts";
import { createWorld } from "./world/world.ts";

const TIMESTAMP = "20150830T123600Z";
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const CALLER_IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";
const ASSUME_ROLE =
  "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fdemo" +
  "&RoleSessionName=me%40example.com&DurationSeconds=3600&Policy=%7B%22a%22%3A%20%22b%20c%7E%2A%22%7D" +
  "&PolicyArns.member.1.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FReadOnlyAccess";

const VECTORS = {
  "long-term keys": {
    host: "sts.us-east-1.amazonaws.com",
    region: "us-east-1",
    token: undefined,
    body: CALLER_IDENTITY,
    canonical: "74f85d64795bc5f30af8b92378344f5c25c0d305498fca44ea38f6a5a1d5860f",
    signature: "52a8540fea00e731072179f763577cbe2a45eac2c5d32fb4d785f3eefac88165",
  },
  "a session token": {
    host: "sts.us-east-1.amazonaws.com",
    region: "us-east-1",
    token: "TOKEN/+=",
    body: CALLER_IDENTITY,
    canonical: "5662de92839e2a0954eb9d47ec7d65a3aef47d30ae716ebfc0f1a0c2bc1b0dc8",
    signature: "c9dbe68f1bfa0bc60785473ab0e389ecd0c7037a4d5bb9e64d9307ad3d8d5ae3",
  },
  "a region in China": {
    host: "sts.cn-north-1.amazonaws.com.cn",
    region: "cn-north-1",
    token: undefined,
    body: CALLER_IDENTITY,
    canonical: "8207dd076d211184d5cda4e98d3b14cc274767402f235f90a00be2cfc2dce01f",
    signature: "6a074c89a1defb6ce8f359517bde3ac98a043731c6d793708d78c82f84dca469",
  },
  "AssumeRole with a policy": {
    host: "sts.us-east-1.amazonaws.com",
    region: "us-east-1",
    token: "TOKEN/+=",
    body: ASSUME_ROLE,
    canonical: "b42d34b34ba85ac50565ea5017663e7d50c60764edeff5f3841eb3215f5a0fa6",
    signature: "b2e669fb5edb327fb4c53200bb84a97ae1d2d76da728e646443b0a20366f80ed",
  },
} as const;

for (const [name, vector] of Object.entries(VECTORS)) {
  const scope = { date: "20150830", region: vector.region, service: "sts" };
  const names = [
    "content-type",
    "host",
    "x-amz-date",
    ...(vector.token === undefined ? [] : ["x-amz-security-token"]),
  ];
  const headers: Header[] = [
    ["Content-Type", "application/x-www-form-urlencoded; charset=utf-8"],
    ["Host", vector.host],
    ["X-Amz-Date", TIMESTAMP],
    ...(vector.token === undefined ? [] : [["X-Amz-Security-Token", vector.token] as const]),
  ];

  test(`canonicalRequest and signature agree with the published values for ${name}`, () => {
    const body = Buffer.from(vector.body);
    const canonical = canonicalRequest({ method: "POST", path: "/", query: "", headers, body }, names);
    expect(sha256(canonical)).toBe(vector.canonical);
    expect(signature(SECRET, scope, stringToSign(TIMESTAMP, scope, canonical))).toBe(vector.signature);
  });

  test(`sts admits the published signature for ${name}`, () => {
    const partition = vector.region === "cn-north-1" ? "aws-cn" : "aws";
    const key = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET };
    const plan = { users: [{ partition, account: "123456789012", name: "example", keys: [key] } as const] };
    const world = createWorld(plan, () => Date.parse("2015-08-30T12:36:00Z"), "vectors");
    const user = world.session("AKIDEXAMPLE");
    if (user === undefined) throw new Error("the key is missing");
    if (vector.token !== undefined) world.remember({ ...user, sessionToken: vector.token });
    const authorization =
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/${vector.region}/sts/aws4_request, ` +
      `SignedHeaders=${names.join(";")}, Signature=${vector.signature}`;
    const call = postCall(vector.host, "/", vector.body, [...headers, ["Authorization", authorization]]);
    const answer = sts(call, world);
    expect(answer.caller).toBe(`arn:${partition}:iam::123456789012:user/example`);
    expect(stsReply(answer.reply).field("Code")).not.toBe("SignatureDoesNotMatch");
  });
}

test("signingKey agrees with the published values", () => {
  const key = (region: string) =>
    signingKey(SECRET, { date: "20150830", region, service: "sts" }).toString("hex");
  expect(key("us-east-1")).toBe("a9d028e9e96178f3ed6acfa66eff308447119de7ba1dd1dc7b666bbcb5686dfd");
  expect(key("cn-north-1")).toBe("46146bd5b412f73cff47645c974691466097d8f54f6a1668cc385896e2aa99ed");
});

const PATHS = {
  "the root": ["/", "/"],
  "an empty path": ["", "/"],
  "dot segments": ["/a/./b/../c", "/a/c"],
  "repeated slashes": ["//a///b", "/a/b"],
  "a trailing slash": ["/a/", "/a/"],
  "what is encoded already is encoded once more": ["/a%20b", "/a%2520b"],
} as const;

for (const [name, [path, expected]] of Object.entries(PATHS)) {
  test(`canonicalRequest normalises ${name}`, () => {
    const message = { method: "GET", path, query: "", headers: [], body: new Uint8Array(0) };
    expect(canonicalRequest(message, []).split("\n")[1]).toBe(expected);
  });
}

test("canonicalRequest sorts the query by name, then by value, and encodes what the URL left alone", () => {
  const message = {
    method: "GET",
    path: "/",
    query: "b=2&a=(x)&b=1&c",
    headers: [],
    body: new Uint8Array(0),
  };
  expect(canonicalRequest(message, []).split("\n")[2]).toBe("a=%28x%29&b=1&b=2&c=");
});
