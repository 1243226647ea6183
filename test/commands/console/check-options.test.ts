import { expect, test } from "bun:test";
import { checkConsole } from "../../../src/commands/console/check-options.ts";
import type { Refusal } from "../../cli/usage-failure.ts";
import { words } from "../../cli/words.ts";
import { failureOf } from "../../support/failure.ts";
import { optionsOf } from "../../support/options.ts";

const URL = "--start-url https://d-1234567890.awsapps.com/start";
const ROLE = "--sso-acct-id 111111111111 --sso-role-name ReadOnlyAccess";
const LINK = `console --portal-link ${URL} ${ROLE}`;

const REFUSED: Record<string, Refusal> = {
  "a portal link and roles": [
    `${LINK} --assume-roles r`,
    "--portal-link contradicts --assume-roles",
    "leave out --assume-roles",
  ],
  "a portal link and the clipboard": [
    `${LINK} --copy`,
    "--portal-link contradicts --copy",
    "leave out --copy",
  ],
  "a portal link and a federation token": [
    `${LINK} --get-federation-token`,
    "--portal-link contradicts --get-federation-token",
    "leave out --get-federation-token",
  ],
  "a portal link and a session token": [
    `${LINK} --get-session-token`,
    "--portal-link contradicts --get-session-token",
    "leave out --get-session-token",
  ],
  "a portal link and a logout": [
    `${LINK} --logout-first`,
    "--portal-link contradicts --logout-first",
    "leave out --logout-first",
  ],
  "a portal link and a token": [
    `console --portal-link --sso-access-token t ${ROLE}`,
    "--portal-link contradicts --sso-access-token",
    "leave out --sso-access-token",
  ],
  "a portal link and a token file": [
    `console --portal-link --accesstoken-cache f ${ROLE}`,
    "--portal-link contradicts --accesstoken-cache",
    "leave out --accesstoken-cache",
  ],
  "a container and a profile": [
    "console --firefox-container a --chrome-profile b",
    "--firefox-container contradicts --chrome-profile",
    "leave out the one",
  ],
  "a container and no browser": [
    "console --firefox-container a --no-browser",
    "--firefox-container contradicts --no-browser",
    "leave out --no-browser",
  ],
  "a profile and no browser": [
    "console --chrome-profile a --no-browser",
    "--chrome-profile contradicts --no-browser",
    "leave out --no-browser",
  ],
};

for (const [sentence, [line, message, hint]] of Object.entries(REFUSED)) {
  test(`checkConsole() refuses ${sentence}`, async () => {
    const [command = "", ...rest] = words(line);
    const failure = await failureOf(() => checkConsole(optionsOf("console", ...rest)));
    expect([command, failure.kind]).toEqual(["console", "usage"]);
    expect(failure.message).toStartWith(message);
    expect(failure.hints).toHaveLength(1);
    expect(failure.hints[0]).toContain(hint);
  });
}

test("checkConsole() accepts each of the options alone", () => {
  for (const line of [
    "--logout-first",
    "--firefox-container a",
    "--chrome-profile b",
    "--portal-link --profile p",
  ]) {
    checkConsole(optionsOf("console", ...words(line)));
  }
});
