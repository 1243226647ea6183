import { describe, expect, test } from "bun:test";
import { partitionOfRegion } from "../../../src/aws/endpoints/partitions.ts";
import type { CredentialKind } from "../../../src/credentials/kinds.ts";
import { planSteps, type RoleChainOptions } from "../../../src/credentials/role-chain/plan-steps.ts";
import type { NamedRole, RoleRequest, Step } from "../../../src/credentials/role-chain/steps.ts";
import { failureOf } from "../../support/failure.ts";
import { deployArn, federationStep, jumpArn, noSteps, roleStep, sessionStep } from "../../support/plans.ts";

const serial = "arn:aws:iam::111111111111:mfa/ana";
const aws = partitionOfRegion("us-east-1");
const { roleSessionName: _, ...fromProfile } = roleStep({
  roleArn: jumpArn,
  origin: "profile",
  from: "profile p, /config:3",
});

interface Asked {
  readonly profile?: readonly NamedRole[];
  readonly list?: readonly RoleRequest[];
  readonly options?: Partial<RoleChainOptions>;
  readonly kind?: CredentialKind;
  readonly region?: string;
  readonly profileMfaSerial?: string;
  readonly profileMfaProcess?: string;
}

function plan({
  profile = [],
  list = [],
  options = {},
  kind = "long-term",
  ...asked
}: Asked): readonly Step[] {
  return planSteps({
    profileRoles: profile,
    roles: list,
    options: { ...noSteps, ...options },
    sourceKind: kind,
    partition: asked.region === undefined ? aws : partitionOfRegion(asked.region),
    profileMfaSerial: asked.profileMfaSerial,
    profileMfaProcess: asked.profileMfaProcess,
  });
}

describe("planSteps()", () => {
  test("plans nothing where nothing is asked", () => {
    expect(plan({})).toEqual([]);
  });

  test("takes the profile's roles first, then the list's, in order", () => {
    const second = { ...fromProfile, roleArn: deployArn };
    const steps = plan({
      profile: [fromProfile, second],
      list: [{ roleArn: deployArn }, { roleArn: jumpArn }],
    });
    expect(steps.map((step) => step.kind === "role" && step.roleArn)).toEqual([
      jumpArn,
      deployArn,
      deployArn,
      jumpArn,
    ]);
  });

  test("exchanges long-term keys before any role of the list", () => {
    const steps = plan({ list: [{ roleArn: deployArn }], options: { getSessionToken: true } });
    expect(steps).toEqual([sessionStep, roleStep()]);
  });

  const name = "arn:aws-cn:iam::aws:policy/AdministratorAccess";
  const federation: Record<string, [asked: Asked, step: object]> = {
    "with the name of a session and a policy that takes nothing away": [{}, federationStep],
    "with the name and the seconds of the options": [
      { options: { roleSessionName: "ana", duration: 129_600 } },
      { ...federationStep, name: "ana", durationSeconds: 129_600 },
    ],
    "with the policy of its partition": [{ region: "cn-north-1" }, { ...federationStep, policyArn: name }],
  };
  test.each(Object.entries(federation))("federates %s", (_, [asked, step]) => {
    const options = { ...asked.options, getFederationToken: true };
    expect(plan({ ...asked, options }) as unknown[]).toEqual([step]);
  });

  test("refuses a federated user's name that is too long, at 33 characters", async () => {
    const options = { getFederationToken: true, roleSessionName: "n".repeat(33) };
    const failure = await failureOf(() => plan({ options }));
    expect(failure.kind).toBe("usage");
    expect(failure.message).toContain("is longer than 32 characters");
    expect(plan({ options: { ...options, roleSessionName: "n".repeat(32) } })).toHaveLength(1);
  });

  const optional = { roleSessionName: "ana", externalId: "x1", sourceIdentity: "ana", duration: 1800 };
  const filled = {
    roleSessionName: "ana",
    externalId: "x1",
    sourceIdentity: "ana",
    durationSeconds: 1800,
    durationSource: "--duration",
  };
  const own = { roleSessionName: "own", externalId: "own", sourceIdentity: "own", durationSeconds: 900 };

  test("lets the options hold for every role that does not say otherwise", () => {
    const list = [{ roleArn: deployArn }, { roleArn: deployArn, ...own }];
    expect(plan({ profile: [fromProfile], list, options: optional })).toEqual([
      { ...fromProfile, ...filled },
      roleStep(filled),
      roleStep(own),
    ]);
  });

  test("lets a profile's role say otherwise", () => {
    const said = { ...fromProfile, roleSessionName: "own", externalId: "own", durationSeconds: 900 };
    expect(plan({ profile: [said], options: optional })).toEqual([{ ...said, sourceIdentity: "ana" }]);
  });

  test("gives the seconds to a session token too", () => {
    const steps = plan({ options: { getSessionToken: true, duration: 43_200 } });
    expect(steps).toEqual([{ ...sessionStep, durationSeconds: 43_200 }]);
  });

  test("keeps the members that only the list can set", () => {
    const rest = {
      policy: "{}",
      policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      tags: [{ key: "team", value: "blue" }],
      transitiveTagKeys: ["team"],
    };
    expect(plan({ list: [{ roleArn: deployArn, ...rest }] })).toEqual([roleStep(rest)]);
  });
});

describe("planSteps() with --mfa-serial", () => {
  const options = { mfaSerial: serial };
  const list = [{ roleArn: jumpArn }, { roleArn: deployArn }];

  test("gives it to the first step alone", () => {
    const steps = plan({ list, options });
    expect(steps).toEqual([roleStep({ roleArn: jumpArn, mfaSerial: serial }), roleStep()]);
  });

  test("gives it to the session token before the roles", () => {
    const steps = plan({ list, options: { ...options, getSessionToken: true } });
    expect(steps[0]).toEqual({ ...sessionStep, mfaSerial: serial });
    expect(steps[1]).toEqual(roleStep({ roleArn: jumpArn }));
  });

  test("replaces that of the profile, and leaves a later one unchanged", () => {
    const theirs = [
      { ...fromProfile, mfaSerial: "made-up-theirs-1" },
      { ...fromProfile, mfaSerial: "made-up-theirs-2" },
    ];
    const steps = plan({ profile: theirs, options });
    expect(steps.map((step) => step.kind === "role" && step.mfaSerial)).toEqual([serial, "made-up-theirs-2"]);
  });

  test("planSteps() takes a profile's mfa_process for the device beside it, and --mfa-process for every device", () => {
    const theirs = [
      { ...fromProfile, mfaSerial: "made-up-theirs-1", mfaProcess: "first" },
      { ...fromProfile, mfaSerial: "made-up-theirs-2", mfaProcess: "second" },
      fromProfile,
    ];
    const commands = (asked: Asked) =>
      plan({ profile: theirs, ...asked }).map((step) => step.kind === "role" && step.mfaProcess);
    expect(commands({})).toEqual(["first", "second", undefined]);
    expect(commands({ options })).toEqual([undefined, "second", undefined]);
    expect(commands({ options: { mfaProcess: "mine" } })).toEqual(["mine", "mine", undefined]);
    const ofSource = { list, profileMfaSerial: "made-up-profile", profileMfaProcess: "theirs" };
    expect(commands({ ...ofSource, profile: [] })).toEqual(["theirs", undefined]);
  });

  test("ignores it where there is no step", () => {
    expect(plan({ options })).toEqual([]);
  });

  test("refuses it for a federation token, which takes no code", async () => {
    const failure = await failureOf(() => plan({ options: { ...options, getFederationToken: true } }));
    expect(failure.kind).toBe("usage");
    expect(failure.message).toStartWith("--mfa-serial contradicts --get-federation-token");
  });
});

describe("planSteps() with mfa_serial of the profile that holds the keys", () => {
  const list = [{ roleArn: jumpArn }, { roleArn: deployArn }];
  const serials = (asked: Asked) =>
    plan({ profileMfaSerial: "made-up-profile", ...asked }).map((step) =>
      step.kind === "federation-token" ? "none" : step.mfaSerial,
    );
  const cases: Record<string, [asked: Asked, serials: (string | undefined)[]]> = {
    "gives it to the first role of the command line": [{ list }, ["made-up-profile", undefined]],
    "gives it to the session token": [
      { list, options: { getSessionToken: true } },
      ["made-up-profile", undefined, undefined],
    ],
    "prefers --mfa-serial": [{ list, options: { mfaSerial: serial } }, [serial, undefined]],
    "leaves it out where a role of the profile comes first": [
      { list, profile: [fromProfile] },
      [undefined, undefined, undefined],
    ],
    "leaves it out for a caller that cannot use MFA": [{ list, kind: "temporary" }, [undefined, undefined]],
    "leaves it out for a federation token": [{ options: { getFederationToken: true } }, ["none"]],
  };
  test.each(Object.entries(cases))("planSteps() %s", (_, [asked, expected]) => {
    expect(serials(asked)).toEqual(expected);
  });
});

describe("planSteps() refuses in advance", () => {
  const aRole = "a role session";
  const keys = "temporary credentials (they have a session token)";
  const callers: [kind: CredentialKind, what: string][] = [
    ["temporary", keys],
    ["role", aRole],
    ["chained-role", aRole],
    ["instance", aRole],
    ["sso", aRole],
  ];
  test.each(callers)("refuses token exchanges to %s credentials, with the reason", async (kind, what) => {
    for (const [option, options] of [
      ["--get-session-token", { getSessionToken: true }],
      ["--get-federation-token", { getFederationToken: true }],
    ] as const) {
      const failure = await failureOf(() => plan({ kind, options }));
      expect(failure.message).toBe(
        `cannot use ${option}: it needs the long-term keys of a user, and these are ${what}`,
      );
      expect([failure.kind, ...failure.hints]).toEqual([
        "failed",
        `leave ${option} out: these credentials are temporary already`,
      ]);
    }
  });

  test("refuses a token exchange after the profile's role", async () => {
    const failure = await failureOf(() =>
      plan({ profile: [fromProfile], options: { getSessionToken: true } }),
    );
    expect(failure.message).toEndWith("these are a role session");
  });

  test.each(["role", "chained-role", "instance", "sso"] as const)(
    "refuses a role of more than an hour to a %s session",
    async (kind) => {
      const list = [{ roleArn: deployArn }];
      const failure = await failureOf(() => plan({ list, kind, options: { duration: 3601 } }));
      expect(failure.message).toBe(
        `cannot ask for 3601 seconds of ${deployArn}: a role assumed by a role lasts at most 3600`,
      );
      expect(failure.hints).toEqual(["leave --duration out, or set it to 3600 or less"]);
      expect(plan({ list, kind, options: { duration: 3600 } })).toHaveLength(1);
    },
  );

  test.each(["long-term", "session-token", "temporary"] as const)(
    "leaves a role of more than an hour asked with %s credentials to AWS",
    (kind) => {
      expect(plan({ list: [{ roleArn: deployArn }], kind, options: { duration: 43_200 } })).toHaveLength(1);
    },
  );

  test("refuses a second role of more than an hour, and names the setting to lower", async () => {
    const durationSource = "DurationSeconds of role 2 of --assume-roles";
    const list = [{ roleArn: deployArn }, { roleArn: jumpArn, durationSeconds: 7200, durationSource }];
    const failure = await failureOf(() => plan({ list, options: { duration: 43_200 } }));
    expect(failure.message).toContain(`7200 seconds of ${jumpArn}`);
    expect(failure.hints).toEqual([`set ${durationSource} to 3600 or less`]);
  });
});
