import { expect, test } from "bun:test";
import { codeChallenge, codeVerifier } from "../../src/lib/pkce.ts";

test("codeChallenge() is the one of RFC 7636, appendix B", () => {
  expect(codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
  );
});

test("codeVerifier() turns every byte into a character that a verifier may have", () => {
  const verifier = codeVerifier(Uint8Array.from({ length: 256 }, (_, index) => index));
  expect(verifier).toMatch(/^[A-Za-z0-9._~-]{256}$/);
  expect(new Set(verifier).size).toBe(64);
});
