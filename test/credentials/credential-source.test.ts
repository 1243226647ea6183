import { describe, expect, test } from "bun:test";
import { type CredentialSource, kindOfSource } from "../../src/credentials/credential-source.ts";
import type { CredentialKind } from "../../src/credentials/kinds.ts";
import {
  container,
  instance,
  keys,
  login,
  longTerm,
  process,
  temporary,
  webIdentity,
} from "../support/sources.ts";

describe("kindOfSource()", () => {
  const cases: Record<string, [source: CredentialSource, kind: CredentialKind]> = {
    "keys without a token are long-term": [keys(longTerm), "long-term"],
    "keys with a token are temporary": [keys(temporary), "temporary"],
    "a web identity gives a role's session": [webIdentity, "role"],
    "a container has its role's session": [container, "instance"],
    "an instance has its role's session": [instance, "instance"],
    "a process may give long-term keys": [process, "long-term"],
    "a login gives temporary keys": [login, "temporary"],
  };
  for (const [sentence, [source, kind]] of Object.entries(cases)) {
    test(`kindOfSource() knows that ${sentence}`, () => {
      expect(kindOfSource(source)).toBe(kind);
    });
  }
});
