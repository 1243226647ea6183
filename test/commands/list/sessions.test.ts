import { expect, test } from "bun:test";
import { formatSessions } from "../../../src/commands/list/sessions.ts";
import { noon } from "../../support/fake-system.ts";

const hour = 3_600_000;
const found = {
  signIns: [
    { shown: "--sso-session a", expires: noon - hour, refreshable: true },
    { shown: "--sso-session b", expires: noon + hour, refreshable: false },
    { shown: "--sso-session c", expires: undefined, refreshable: false },
  ],
  sessions: [{ principal: "arn:aws:sts::111111111111:assumed-role/R/me", expires: noon + hour }],
};

test("formatSessions() says of each whether it serves", () => {
  expect(
    formatSessions(found, undefined, noon),
  ).toBe(`KIND         NAME                                         UNTIL                 STATE
sign-in      --sso-session a                              2030-01-31T11:00:00Z  refreshed when needed
sign-in      --sso-session b                              2030-01-31T13:00:00Z  valid, then sign in again
sign-in      --sso-session c                              unknown               expired
credentials  arn:aws:sts::111111111111:assumed-role/R/me  2030-01-31T13:00:00Z  valid
`);
});

test("formatSessions() prints the same for programs", () => {
  expect(JSON.parse(formatSessions(found, "json", noon)).at(0)).toEqual({
    kind: "sign-in",
    name: "--sso-session a",
    expires: "2030-01-31T11:00:00Z",
    refreshable: true,
  });
  expect(formatSessions(found, "tsv", noon).split("\n").at(2)).toBe("sign-in\t--sso-session c\t\tfalse");
});
