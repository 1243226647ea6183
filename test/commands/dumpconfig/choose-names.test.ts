import { expect, test } from "bun:test";
import { chooseNames } from "../../../src/commands/dumpconfig/choose-names.ts";
import type { TemplateValues } from "../../../src/commands/dumpconfig/name-template.ts";

const roles = [
  { accountId: "222222222222", accountName: "prod", emailAddress: "p@my.org", role: "Admin" },
  { accountId: "333333333333", accountName: undefined, role: "Admin" },
];

test("chooseNames() hands a template the account, its e-mail and the role", () => {
  const template = ({ account_name, account_id, role, email }: TemplateValues) =>
    [account_name, account_id, role, email].join("/");
  expect(chooseNames(roles, { targets: [], template }).names).toEqual([
    "prod/222222222222/Admin/p@my.org",
    "333333333333/333333333333/Admin/",
  ]);
});

test("chooseNames() keeps or changes the name of a profile that the file has", () => {
  const own = [{ name: "before-Admin", accountId: "333333333333", role: "Admin", isUntouched: true }];
  expect(chooseNames(roles, { targets: [], own })).toEqual({
    names: ["prod-Admin", "before-Admin"],
    targetNames: [],
    renames: new Map(),
  });
  expect(chooseNames(roles, { targets: [], own, names: "generated" })).toEqual({
    names: ["prod-Admin", "333333333333-Admin"],
    targetNames: [],
    renames: new Map([["before-Admin", "333333333333-Admin"]]),
  });
});

test("chooseNames() keeps a name of the template, and none of another form", () => {
  const template = ({ account_name, role }: TemplateValues) => `${account_name}.${role.toLowerCase()}`;
  const named = (name: string) =>
    chooseNames(roles, {
      targets: [],
      template,
      own: [{ name, accountId: "222222222222", role: "Admin", isUntouched: true }],
    }).names[0];
  expect(named("before.admin")).toBe("before.admin");
  expect(named("before.admin-222222222222")).toBe("before.admin-222222222222");
  expect(named("mine")).toBe("prod.admin");
  expect(named("admin")).toBe("prod.admin");
});
