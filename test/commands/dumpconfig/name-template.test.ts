import { expect, test } from "bun:test";
import { nameTemplate } from "../../../src/commands/dumpconfig/name-template.ts";
import { failureOf } from "../../support/failure.ts";

const values = {
  account_name: "Données & Prod (EU)",
  account_id: "012345678901",
  role: "Read_Only+Access",
  email: "aws@my.org",
};

const cases: Record<string, string> = {
  "{account_name}.{role}": "Données & Prod (EU).Read_Only+Access",
  "{account_name|slug}/{role|lower}": "donnees-prod-eu/read_only+access",
  "{email}-{account_id}-{role|slug|lower}": "aws@my.org-012345678901-read-only-access",
};
for (const [template, name] of Object.entries(cases)) {
  test(`nameTemplate() makes ${name} of ${template}`, () =>
    expect(nameTemplate(template)(values)).toBe(name));
}

const refusals: Record<string, string> = {
  "{account}-{role}": "it has no field {account}",
  "{role|upper}": "there is no filter |upper",
  "{role": "a { is not closed",
  "{role}}": "a } closes nothing",
  "}{role}": "a } closes nothing",
  "{account_name}": "it has no {role}, so that the roles of an account would have one name",
};
for (const [template, why] of Object.entries(refusals)) {
  test(`nameTemplate() refuses ${template}`, async () => {
    const { kind, message } = await failureOf(async () => nameTemplate(template));
    expect({ kind, message }).toEqual({
      kind: "usage",
      message: `cannot use --profile-name "${template}": ${why}`,
    });
  });
}
