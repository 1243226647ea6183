import { expect, test } from "bun:test";
import { RUN_COMMANDS } from "../../src/cli/command-names.ts";
import { OPTIONS, type OptionSpec } from "../../src/cli/options.ts";

const SPECS: readonly OptionSpec[] = OPTIONS;

function takenBy(command: string): string[] {
  return SPECS.filter(({ commands }) => commands.some((taker) => taker === command)).map(({ name }) => name);
}

test("OPTIONS names each option once, and its member of the record after it", () => {
  const named = SPECS.filter(({ name }) => name !== "--session-duration");
  const fields: string[] = named.map(({ field }) => field);
  expect(fields).toEqual(
    named.map(({ name }) => name.slice(2).replace(/-(.)/g, (_, letter) => letter.toUpperCase())),
  );
  expect(SPECS.find(({ name }) => name === "--session-duration")?.field).toBe("duration");
  expect(new Set(SPECS.map(({ name }) => name)).size).toBe(SPECS.length);
});

test("OPTIONS gives every command --region and --verbose, and --profile where one can be meant", () => {
  for (const command of RUN_COMMANDS) {
    expect(takenBy(command)).toEqual(expect.arrayContaining(["--region", "--verbose"]));
    expect(takenBy(command).includes("--profile")).toBe(command !== "importcache" && command !== "list");
  }
});

test("OPTIONS gives the four commands that acquire an identity the same ways to do so", () => {
  const own = [
    ...["--outform", "--credential-helper", "--clear", "--command", "--auto-refresh"],
    ...["--destination", "--copy"],
    ...["--portal-link", "--logout-first", "--firefox-container", "--chrome-profile"],
  ];
  const ways = takenBy("getcallerid");
  for (const command of ["console", "dumpcreds", "runas"]) {
    expect(takenBy(command).filter((name) => !own.includes(name))).toEqual(ways);
  }
  expect(ways).toContain("--assume-roles");
  expect(ways).toContain("--sso-access-token");
});

test("OPTIONS gives dumpconfig no account and no chain steps", () => {
  expect(takenBy("dumpconfig")).toEqual([
    "--profile",
    "--start-url",
    "--sso-region",
    "--sso-session",
    "--sso-access-token",
    "--accesstoken-cache",
    "--use-cache",
    "--refresh",
    "--sign-in",
    "--use-device-code",
    "--no-browser",
    "--remote",
    "--callback-port",
    "--nrt",
    "--sso-session-name",
    "--target-arn-profiles",
    "--profile-name",
    "--only",
    "--except",
    "--credential-process",
    "--write",
    "--dry-run",
    "--prune",
    "--rename",
    "--region",
    "--verbose",
  ]);
});

test("OPTIONS gives login, logout and importcache what names a portal or a token file", () => {
  expect(takenBy("login")).toEqual([
    "--profile",
    "--start-url",
    "--sso-region",
    "--sso-session",
    "--use-cache",
    "--sign-in",
    "--use-device-code",
    "--no-browser",
    "--remote",
    "--callback-port",
    "--nrt",
    "--region",
    "--verbose",
  ]);
  expect(takenBy("logout")).toEqual([
    "--profile",
    "--start-url",
    "--sso-region",
    "--sso-session",
    "--use-cache",
    "--region",
    "--verbose",
  ]);
  expect(takenBy("importcache")).toEqual([
    "--start-url",
    "--sso-region",
    "--accesstoken-cache",
    "--region",
    "--verbose",
  ]);
});
