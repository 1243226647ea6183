import { describe, expect, test } from "bun:test";
import { idleOptions } from "../../src/identity/idle-options.ts";
import type { Hop, Start } from "../../src/identity/plan.ts";
import { federationHop, noHops, roleHop, sessionHop } from "../support/plans.ts";

const all = {
  ...noHops,
  roleSessionName: "ana",
  externalId: "x1",
  sourceIdentity: "ana",
  duration: 900,
  mfaSerial: "arn:aws:iam::111111111111:mfa/ana",
  mfaToken: "123456",
};
const noRole = "no role is assumed";
const serial = all.mfaSerial;

describe("idleOptions()", () => {
  test("finds nothing wrong with options that were not given", () => {
    expect(idleOptions({ kind: "keys" }, [], noHops)).toEqual([]);
  });

  const cases: Record<string, [start: Start["kind"], hops: readonly Hop[], idle: Record<string, string>]> = {
    "all of them where nothing is exchanged": [
      "keys",
      [],
      {
        "--role-session-name": noRole,
        "--external-id": noRole,
        "--source-identity": noRole,
        "--duration": noRole,
        "--mfa-serial": noRole,
        "--mfa-token": noRole,
      },
    ],
    "none where a role is assumed with MFA": ["keys", [roleHop({ mfaSerial: serial })], {}],
    "none where a later role is": ["keys", [sessionHop, roleHop({ mfaSerial: serial })], {}],
    "a code without a device": ["keys", [roleHop()], { "--mfa-token": "no MFA device is named" }],
    "what only a role takes, where a session token is": [
      "keys",
      [{ ...sessionHop, mfaSerial: serial }],
      { "--role-session-name": noRole, "--external-id": noRole, "--source-identity": noRole },
    ],
    "what only a role takes, where a federation token is": [
      "keys",
      [federationHop],
      {
        "--external-id": noRole,
        "--source-identity": noRole,
        "--mfa-token": "no MFA device is named",
      },
    ],
    "what a web identity's own role does not take": [
      "web-identity",
      [],
      {
        "--external-id": noRole,
        "--source-identity": noRole,
        "--mfa-serial": noRole,
        "--mfa-token": noRole,
      },
    ],
  };
  test.each(Object.entries(cases))("lists %s", (_, [kind, hops, idle]) => {
    const found = idleOptions({ kind }, hops, all).map(({ option, why }) => [option, why]);
    expect(Object.fromEntries(found)).toEqual(idle);
  });
});
