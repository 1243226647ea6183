import { describe, expect, test } from "bun:test";
import { identityOfToken } from "../../../src/aws/signin/id-token.ts";

const token = (claims: unknown) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2lnbmF0dXJl`;

describe("identityOfToken()", () => {
  for (const sub of [
    "arn:aws:iam::123456789012:user/Admin",
    "arn:aws:iam::123456789012:root",
    "arn:aws-cn:sts::123456789012:assumed-role/Role/name@example.com",
  ]) {
    test(`identityOfToken() reads ${sub}`, () => expect(identityOfToken(token({ sub }))).toBe(sub));
  }

  const others: Record<string, string> = {
    "no JWT": "text",
    "another claim": token({ subject: "arn:aws:iam::123456789012:user/Admin" }),
    "no ARN": token({ sub: "Admin" }),
    "an ARN with a line end": token({ sub: "arn:aws:iam::123456789012:user/a\nrole_arn = x" }),
    "no object": token(["arn:aws:iam::123456789012:user/Admin"]),
  };
  for (const [name, text] of Object.entries(others)) {
    test(`identityOfToken() is undefined for ${name}`, () => expect(identityOfToken(text)).toBeUndefined());
  }
});
