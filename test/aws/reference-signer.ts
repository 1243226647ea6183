/**
 * A second signer for the tests, written from the specification on its own and on other primitives: what the
 * program's signer and this one agree on is not an accident of one of them.
 */
import { createHash, createHmac } from "node:crypto";

export interface ReferenceInput {
  method: string;
  url: string;
  headers: readonly (readonly [string, string])[];
  body: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  region: string;
  service: string;
  /** `YYYYMMDDTHHMMSSZ` */
  date: string;
}

/** The `Authorization` header for a request, all headers signed. */
export function referenceAuthorization(input: ReferenceInput): string {
  const [, scheme = "", authority = "", path = "", query = ""] =
    /^(https?):\/\/([^/]+)(\/[^?]*)?(?:\?(.*))?$/.exec(input.url) ?? [];
  const host = authority.toLowerCase().replace(scheme === "https" ? /:443$/ : /:80$/, "");
  const table: Record<string, string> = { host, "x-amz-date": input.date };
  if (input.sessionToken) table["x-amz-security-token"] = input.sessionToken;
  for (const [name, value] of input.headers) {
    table[name.toLowerCase()] = value.trim().split(/\s+/).join(" ");
  }
  const names = Object.keys(table).sort();
  const pairs = query
    .split("&")
    .filter(Boolean)
    .map((pair) => pair.split("="))
    .map(([name = "", ...rest]) => [
      percentEncode(Buffer.from(percentDecode(name))),
      percentEncode(Buffer.from(percentDecode(rest.join("=")))),
    ]);
  pairs.sort((one, other) => Buffer.compare(Buffer.from(one.join("\0")), Buffer.from(other.join("\0"))));
  const lines = [
    input.method,
    percentEncode(Buffer.from(path || "/")).replaceAll("%2F", "/"),
    pairs.map((pair) => pair.join("=")).join("&"),
  ];
  for (const name of names) lines.push(`${name}:${table[name]}`);
  lines.push("", names.join(";"), hash(input.body));
  const scope = [input.date.slice(0, 8), input.region, input.service, "aws4_request"];
  const key = scope.reduce<string | Buffer>((last, part) => mac(last, part), `AWS4${input.secretAccessKey}`);
  const text = `AWS4-HMAC-SHA256\n${input.date}\n${scope.join("/")}\n${hash(lines.join("\n"))}`;
  return (
    `AWS4-HMAC-SHA256 Credential=${input.accessKeyId}/${scope.join("/")}, ` +
    `SignedHeaders=${names.join(";")}, Signature=${mac(key, text).toString("hex")}`
  );
}

function hash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function mac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text, "utf8").digest();
}

function percentEncode(bytes: Buffer): string {
  let text = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += /[A-Za-z0-9_.~-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}

function percentDecode(text: string): string {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "%") {
      bytes.push(Number.parseInt(text.slice(index + 1, index + 3), 16));
      index += 2;
    } else bytes.push(...Buffer.from(text[index] ?? ""));
  }
  return Buffer.from(bytes).toString("utf8");
}
