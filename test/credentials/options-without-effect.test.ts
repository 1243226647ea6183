import { describe, expect, test } from "bun:test";
import type { CredentialSource } from "../../src/credentials/credential-source.ts";
import {
  type ConditionalOptions,
  optionsWithoutEffect,
} from "../../src/credentials/options-without-effect.ts";
import type { Step } from "../../src/credentials/role-chain/steps.ts";
import { federationStep, noSteps, roleStep, sessionStep } from "../support/plans.ts";

const none: ConditionalOptions = {
  ...noSteps,
  refresh: "auto",
  signIn: "auto",
  useDeviceCode: false,
  nrt: false,
  remote: false,
  useCache: false,
};
const all = {
  ...none,
  roleSessionName: "ana",
  externalId: "x1",
  sourceIdentity: "ana",
  duration: 900,
  mfaSerial: "arn:aws:iam::111111111111:mfa/ana",
  mfaToken: "123456",
};
const noRole = "no role is assumed";
const noFurtherRole = "no further role is assumed";
const serial = all.mfaSerial;

describe("optionsWithoutEffect()", () => {
  test("finds nothing wrong with options that were not given", () => {
    expect(optionsWithoutEffect({ kind: "keys" }, [], none)).toEqual([]);
  });

  test("optionsWithoutEffect() names --mfa-process where no step uses a device", () => {
    const options = { ...none, mfaProcess: "made-up" };
    const why = "no MFA device is named";
    expect(optionsWithoutEffect({ kind: "keys" }, [roleStep()], options)).toEqual([
      { option: "--mfa-process", why },
    ]);
    expect(optionsWithoutEffect({ kind: "keys" }, [roleStep({ mfaSerial: serial })], options)).toEqual([]);
  });

  const cases: Record<
    string,
    [start: CredentialSource["kind"], steps: readonly Step[], idle: Record<string, string>]
  > = {
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
    "none where a role is assumed with MFA": ["keys", [roleStep({ mfaSerial: serial })], {}],
    "none where a later role is": ["keys", [sessionStep, roleStep({ mfaSerial: serial })], {}],
    "a code without a device": ["keys", [roleStep()], { "--mfa-token": "no MFA device is named" }],
    "what only a role takes, where a session token is": [
      "keys",
      [{ ...sessionStep, mfaSerial: serial }],
      { "--role-session-name": noRole, "--external-id": noRole, "--source-identity": noRole },
    ],
    "what only a role takes, where a federation token is": [
      "keys",
      [federationStep],
      {
        "--external-id": noRole,
        "--source-identity": noRole,
        "--mfa-token": "no MFA device is named",
      },
    ],
    "what a session of Roles Anywhere does not take": [
      "rolesanywhere",
      [],
      {
        "--external-id": noFurtherRole,
        "--source-identity": noFurtherRole,
        "--mfa-serial": noFurtherRole,
        "--mfa-token": noFurtherRole,
      },
    ],
    "what a web identity's own role does not take": [
      "web-identity",
      [],
      {
        "--external-id": noFurtherRole,
        "--source-identity": noFurtherRole,
        "--mfa-serial": noFurtherRole,
        "--mfa-token": noFurtherRole,
      },
    ],
  };
  test.each(Object.entries(cases))("lists %s", (_, [kind, steps, idle]) => {
    const found = optionsWithoutEffect({ kind }, steps, all).map(({ option, why }) => [option, why]);
    expect(Object.fromEntries(found)).toEqual(idle);
  });

  const signIn = {
    ...none,
    ssoRegion: "eu-west-1",
    nrt: true,
    useDeviceCode: true,
    remote: true,
    callbackPort: 8400,
    refresh: "on",
    signIn: "always",
  } as const;

  test("lists what only a sign-in takes, where the credentials do not come from Identity Center", () => {
    const why = "the credentials do not come from Identity Center";
    expect(optionsWithoutEffect({ kind: "keys" }, [], signIn)).toEqual(
      [
        ...["--sso-region", "--nrt", "--use-device-code", "--remote", "--callback-port"],
        ...["--refresh", "--sign-in"],
      ].map((option) => ({ option, why })),
    );
    expect(optionsWithoutEffect({ kind: "sso-role" }, [], signIn)).toEqual([]);
  });

  test("lists a sign-in that is asked for beside a token that is given", () => {
    const options = { ...none, signIn: "always", ssoAccessToken: "made-up" } as const;
    expect(optionsWithoutEffect({ kind: "sso-role" }, [], options)).toEqual([
      { option: "--sign-in", why: "the given token is used" },
    ]);
  });

  test("lists no value that may be a default, nor a renewal of what is cached", () => {
    expect(optionsWithoutEffect({ kind: "keys" }, [], { ...none, signIn: "never" })).toEqual([]);
    expect(optionsWithoutEffect({ kind: "keys" }, [], { ...none, refresh: "on", useCache: true })).toEqual(
      [],
    );
  });
});
