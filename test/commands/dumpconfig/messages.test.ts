import { describe, expect, test } from "bun:test";
import type { ConfigSections } from "../../../src/commands/dumpconfig/config-sections.ts";
import type { MergedText } from "../../../src/commands/dumpconfig/merged-text.ts";
import {
  listingMessages,
  mergeMessages,
  sectionMessages,
} from "../../../src/commands/dumpconfig/messages.ts";
import { Failure } from "../../../src/lib/errors.ts";

const sections: ConfigSections = {
  session: { kind: "sso-session", name: "my-sso", lines: [] },
  profiles: [{ kind: "profile", name: "dev-Ops", lines: [] }],
  targets: [],
  unwritable: [],
  roles: new Set(["111111111111 Ops"]),
  renames: new Map(),
};
const merged: MergedText = {
  ...{ sections, text: "new", before: "old", added: 2, changed: 1, replaced: [], left: [] },
  ...{ renamed: new Map(), removed: [], needed: [] },
};

test("listingMessages() names accounts that are left out, and tells a listing without any role", () => {
  const account = { accountId: "222222222222", accountName: "dev" };
  const refusal = new Failure("failed", "ForbiddenException: No access");
  const access = { accounts: [{ ...account, roles: [] }], closed: [{ account, refusal }] };
  expect(listingMessages(access)).toEqual([
    "aws-login: warning: account 222222222222 is left out: ForbiddenException: No access",
    "aws-login: warning: you have no role in any account of this portal",
  ]);
  expect(listingMessages({ accounts: [{ ...account, roles: ["Ops"] }], closed: [] })).toEqual([]);
});

test("sectionMessages() tells of names that readers cannot read, and of a selection that leaves nothing", () => {
  expect(sectionMessages(sections)).toEqual([]);
  const session = { ...sections.session, name: "my sso" };
  const unwritable = [{ accountId: "111111111111", role: "#Admin" }];
  expect(sectionMessages({ ...sections, session, unwritable, profiles: [] })).toEqual([
    'aws-login: warning: the role "#Admin" of account 111111111111 is left out: its name cannot stand in a config file',
    "aws-login: warning: the AWS SDKs for Go and JavaScript cannot read [sso-session 'my sso']: its name holds a blank (--sso-session-name gives it another)",
    "aws-login: warning: --only and --except leave no role",
  ]);
});

describe("mergeMessages()", () => {
  test("counts what has changed, and names the copy of the old file", () => {
    expect(mergeMessages(merged, "/c", { did: "wrote", backup: "/c.bak" })).toEqual([
      "aws-login: wrote /c (sections added: 2, changed: 1); the file as it was is /c.bak",
    ]);
    const more = { ...merged, renamed: new Map([["a", "b"]]), removed: ["x", "y"] };
    expect(mergeMessages(more, "/c", { did: "would write" })).toEqual([
      "aws-login: would write /c (sections added: 2, changed: 1, renamed: 1, removed: 2)",
    ]);
  });

  test("names a profile that another one needs, before a file that is up to date", () => {
    const needed = [{ name: "dev-Ops", by: "prod" }];
    expect(mergeMessages({ ...merged, text: "old", needed }, "/c", { did: "wrote" })).toEqual([
      "aws-login: warning: [profile dev-Ops] is not removed: it is the source_profile of [profile prod]",
      "aws-login: /c is up to date",
    ]);
  });
});
