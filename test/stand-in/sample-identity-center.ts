import type { IdentityCenterPlan } from "./world/directory-plan.ts";

const ADMINISTRATOR = { name: "AdministratorAccess" };
const READER = { name: "ReadOnlyAccess", sessionDuration: 12 * 60 * 60 };
const POWER_USER = { name: "PowerUserAccess", sessionDuration: 4 * 60 * 60 };

/** The portal of the sample world. Its accounts have names that are hard on who makes profiles of them. */
export const SAMPLE_IDENTITY_CENTER = {
  startUrl: "https://d-9876543210.awsapps.com/start",
  region: "us-east-1",
  user: "ima.user@my.org",
  accounts: [
    { id: "222222222222", name: "my-acct-2", roles: [READER] },
    // The roles of this account may assume those of the sample world that trust ana's account.
    { id: "111111111111", name: "my-acct-1", roles: [ADMINISTRATOR, READER, POWER_USER] },
    { id: "012345678901", name: "Data Lake – Zürich (東京)", roles: [READER, { name: "Analyst+Ops_1,2" }] },
    // These three are one name once the blanks are gone.
    { id: "333333333333", name: "Shared Services", roles: [ADMINISTRATOR, READER] },
    { id: "888888888888", name: "Shared-Services", roles: [READER] },
    { id: "099999999999", name: "Shared Services", roles: [READER] },
    // The portal tells no name for this one.
    { id: "777777777777", roles: [POWER_USER] },
    // One of the organisation in which the user has no role.
    { id: "123456789012", name: "payroll", roles: [] },
  ],
} as const satisfies IdentityCenterPlan;

/** Another portal in another region. */
export const SAMPLE_SECOND_CENTER = {
  startUrl: "https://my-company.awsapps.com/start",
  region: "eu-central-1",
  user: "ima.user@my.org",
  accounts: [{ id: "222222222222", name: "my-acct-2", roles: [ADMINISTRATOR] }],
} as const satisfies IdentityCenterPlan;
