import type { Scope } from "./canonical.ts";

export interface Authorization {
  readonly accessKeyId: string;
  readonly scope: Scope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Takes an Authorization header apart; `problem` is what AWS says of a malformed one. */
export function parseAuthorization(header: string): Authorization | { readonly problem: string } {
  if (!header.startsWith("AWS4-HMAC-SHA256 ")) {
    return { problem: "Authorization header requires the algorithm 'AWS4-HMAC-SHA256'." };
  }
  const parameters = new Map<string, string>();
  for (const part of header.slice("AWS4-HMAC-SHA256 ".length).split(",")) {
    const pair = /^\s*([A-Za-z]+)=(\S+)\s*$/.exec(part);
    if (pair === null)
      return { problem: `'${part.trim()}' not a valid key=value pair in Authorization header.` };
    parameters.set(pair[1] ?? "", pair[2] ?? "");
  }
  for (const name of ["Credential", "Signature", "SignedHeaders"]) {
    if (!parameters.has(name)) {
      return { problem: `Authorization header requires '${name}' parameter. Authorization=${header}` };
    }
  }
  const credential = (parameters.get("Credential") ?? "").split("/");
  const [accessKeyId = "", date = "", region = "", service = "", terminator] = credential;
  if (credential.length !== 5 || terminator !== "aws4_request" || !/^\d{8}$/.test(date)) {
    return {
      problem: "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term",
    };
  }
  const signedHeaders = (parameters.get("SignedHeaders") ?? "").split(";");
  if (
    signedHeaders.join(";") !== [...new Set(signedHeaders.map((name) => name.toLowerCase()))].sort().join(";")
  ) {
    return { problem: "SignedHeaders must be lower-case names in alphabetical order." };
  }
  return {
    accessKeyId,
    scope: { date, region, service },
    signedHeaders,
    signature: parameters.get("Signature") ?? "",
  };
}
