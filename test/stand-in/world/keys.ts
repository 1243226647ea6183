import { createHash } from "node:crypto";

export interface KeyMaker {
  /** New temporary keys, never the same twice: `ASIA…`, 40 characters of secret, a token of some 900 characters. */
  temporary(): { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  /** A sign-in token. */
  signinToken(): string;
  /** A metadata token. */
  metadataToken(): string;
  requestId(): string;
  /** Of a client that registers: an id that says nothing and a secret of some 700 characters. */
  client(): { id: string; secret: string };
  /** What a person types: `ABCD-EFGH`. */
  userCode(): string;
  deviceCode(): string;
  /** An authorization code, or the name of a question that is to become one. */
  authorizationCode(): string;
  accessToken(): string;
  refreshToken(): string;
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Makes keys from a seed and a counter, so that a run can be repeated. */
export function createKeyMaker(seed: string): KeyMaker {
  let count = 0;
  const next = (purpose: string) => `${seed}/${purpose}/${++count}`;
  return {
    temporary() {
      const source = next("temporary");
      return {
        accessKeyId: `ASIA${letters(`${source}/id`, 16)}`,
        secretAccessKey: bytes(`${source}/secret`, 30).toString("base64"),
        sessionToken: token(source),
      };
    },
    signinToken: () => bytes(next("signin"), 700).toString("base64url"),
    metadataToken: () => bytes(next("metadata"), 40).toString("base64"),
    requestId() {
      const hex = bytes(next("request"), 16).toString("hex");
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    },
    client: () => ({
      id: bytes(next("client/id"), 24).toString("base64url"),
      secret: `eyJraWQiOiJrZXkt${bytes(next("client/secret"), 512).toString("base64url")}`,
    }),
    userCode: () => letters(next("user code"), 8).replace(/^.{4}/, "$&-"),
    deviceCode: () => bytes(next("device code"), 48).toString("base64url"),
    authorizationCode: () => bytes(next("authorization code"), 300).toString("base64url"),
    accessToken: () => portalToken("aoaAAAAAG", next("access token")),
    refreshToken: () => portalToken("aorAAAAAG", next("refresh token")),
  };
}

/** The unique id of a user or role, always the same for the same name: `AIDA…`, `AROA…`. */
export function uniqueId(prefix: "AIDA" | "AROA", name: string): string {
  return `${prefix}${letters(`unique/${name}`, 17)}`;
}

/** Begins as tokens of STS do and has every character that a careless client mangles: `+`, `/` and `=`. */
function token(source: string): string {
  return `IQoJb3JpZ2luX2Vj+/8/${bytes(`${source}/token`, 661).toString("base64")}`;
}

/** Two parts and all the characters that a careless client mangles. */
function portalToken(start: string, source: string): string {
  const parts = [`${source}/1`, `${source}/2`].map((part) => bytes(part, 160).toString("base64"));
  return `${start}+/${parts.join(":")}`;
}

function letters(source: string, length: number): string {
  return Array.from(bytes(source, length), (byte) => BASE32[byte & 31]).join("");
}

function bytes(source: string, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let block = 0; block * 32 < length; block++) {
    parts.push(createHash("sha256").update(`${source}/${block}`).digest());
  }
  return Buffer.concat(parts).subarray(0, length);
}
