import { SAMPLE_IDENTITY_CENTER, SAMPLE_SECOND_CENTER } from "./sample-identity-center.ts";
import type { KeyPlan, WorldPlan } from "./world/plan.ts";

/** The identities that the examples and the end-to-end tests use. All keys are made up. */

export const SAMPLE_KEYS = {
  /** User `ana`, account 111111111111. */
  ana: { accessKeyId: "AKIAANAANAANAANAANA2", secretAccessKey: "made/up+secret+of+the+user+ana/111111111" },
  /** User `mei`, account 444444444444 in China. */
  mei: { accessKeyId: "AKIAMEIMEIMEIMEIMEI2", secretAccessKey: "made/up+secret+of+the+user+mei/444444444" },
  /** User `gus`, account 555555555555 in GovCloud. */
  gus: { accessKeyId: "AKIAGUSGUSGUSGUSGUS2", secretAccessKey: "made/up+secret+of+the+user+gus/555555555" },
  /** User `eva`, account 666666666666 in the European sovereign cloud. */
  eva: { accessKeyId: "AKIAEVAEVAEVAEVAEVA2", secretAccessKey: "made/up+secret+of+the+user+eva/666666666" },
} satisfies Record<string, KeyPlan>;

export const SAMPLE_MFA = { serialNumber: "arn:aws:iam::111111111111:mfa/ana", seed: "made-up seed of ana" };

const ANA = "arn:aws:iam::111111111111:user/ana";
const HOME = "arn:aws:iam::111111111111:root";

/** Role ARNs of the sample world. Jump, Relay and Deploy form a chain over three accounts. */
export const SAMPLE_ROLES = {
  jump: "arn:aws:iam::111111111111:role/Jump",
  relay: "arn:aws:iam::222222222222:role/team/Relay",
  deploy: "arn:aws:iam::333333333333:role/Deploy",
  /** In the account whose number begins with a zero; any identity of ana's account may assume it. */
  reader: "arn:aws:iam::012345678901:role/Reader",
  /** Trusts its own account, itself included: a chain of any length can be made of it. */
  ring: "arn:aws:iam::111111111111:role/Ring",
  /** Wants the external id of `SAMPLE_EXTERNAL_ID`. */
  partner: "arn:aws:iam::222222222222:role/Partner",
  /** Wants MFA. */
  guarded: "arn:aws:iam::222222222222:role/Guarded",
  /** Trusts no caller. */
  closed: "arn:aws:iam::222222222222:role/Closed",
  /** The role of the machine that instance metadata describes. */
  machine: "arn:aws:iam::111111111111:role/Machine",
  china: "arn:aws-cn:iam::444444444444:role/Jump",
  gov: "arn:aws-us-gov:iam::555555555555:role/Jump",
  europe: "arn:aws-eusc:iam::666666666666:role/Jump",
} as const;

export const SAMPLE_EXTERNAL_ID = "partner-7319";

const DAY_PART = 12 * 60 * 60;

export const SAMPLE_WORLD: WorldPlan = {
  users: [
    { account: "111111111111", name: "ana", keys: [SAMPLE_KEYS.ana], mfaDevices: [SAMPLE_MFA] },
    { partition: "aws-cn", account: "444444444444", name: "mei", keys: [SAMPLE_KEYS.mei] },
    { partition: "aws-us-gov", account: "555555555555", name: "gus", keys: [SAMPLE_KEYS.gus] },
    { partition: "aws-eusc", account: "666666666666", name: "eva", keys: [SAMPLE_KEYS.eva] },
  ],
  roles: [
    {
      account: "111111111111",
      name: "Jump",
      trusts: [ANA, SAMPLE_ROLES.machine],
      maxSessionDuration: DAY_PART,
    },
    {
      account: "222222222222",
      name: "Relay",
      path: "/team/",
      trusts: [SAMPLE_ROLES.jump],
      maxSessionDuration: 7200,
    },
    { account: "333333333333", name: "Deploy", trusts: [SAMPLE_ROLES.relay] },
    { account: "012345678901", name: "Reader", trusts: [HOME], sourceIdentity: "denied" },
    { account: "111111111111", name: "Ring", trusts: [HOME] },
    { account: "222222222222", name: "Partner", trusts: [HOME], externalId: SAMPLE_EXTERNAL_ID },
    {
      account: "222222222222",
      name: "Guarded",
      trusts: [ANA],
      requiresMfa: true,
      maxSessionDuration: DAY_PART,
    },
    { account: "222222222222", name: "Closed", trusts: [] },
    { account: "111111111111", name: "Machine", trusts: [] },
    {
      partition: "aws-cn",
      account: "444444444444",
      name: "Jump",
      trusts: ["arn:aws-cn:iam::444444444444:root"],
    },
    {
      partition: "aws-us-gov",
      account: "555555555555",
      name: "Jump",
      trusts: ["arn:aws-us-gov:iam::555555555555:root"],
    },
    {
      partition: "aws-eusc",
      account: "666666666666",
      name: "Jump",
      trusts: ["arn:aws-eusc:iam::666666666666:root"],
    },
  ],
  instance: { role: SAMPLE_ROLES.machine, region: "eu-west-1" },
  identityCenters: [SAMPLE_IDENTITY_CENTER, SAMPLE_SECOND_CENTER],
};
