import { expect } from "bun:test";
import { readdir } from "node:fs/promises";
import type { AccountPlan } from "../stand-in/world/directory-plan.ts";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { fakeBrowser } from "./support/browser.ts";
import { executable } from "./support/executable.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { operations, startUrl } from "./support/sign-ins.ts";
import { stderrText } from "./support/stderr-text.ts";

/** From an empty home to the console, by names alone, in an organisation of 200 accounts. */

const ADMIN = { name: "AdministratorAccess" };
const READER = { name: "ReadOnlyAccess" };

/** `prod` is one of them; its id is not in order, so that no listing has it first. */
const accounts: readonly AccountPlan[] = [
  ...Array.from({ length: 199 }, (_, index) => ({
    id: String(100_000_000_000 + index * 7_000_003),
    name: `team-${String(index + 1).padStart(3, "0")}`,
    roles: [ADMIN, READER],
  })),
  { id: "555555555555", name: "Prod", roles: [ADMIN, READER] },
];

const page = "Signed in as arn:aws:sts::555555555555:assumed-role/AWSReservedSSO_AdministratorAccess_";
const signIns = (scene: Scene) => operations(scene).filter((name) => name === "CreateToken 200").length;
const listings = (scene: Scene) =>
  operations(scene).filter((name) => name.startsWith("ListAccounts ")).length;
const signInSettings = { autoApprove: true };
const signingIn = `aws-login: opening a browser at oidc.us-east-1.amazonaws.com to sign in to ${startUrl}; if none appears, open `;
const session = `[sso-session corp]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\n`;

/** How a person begins: the start URL on the command line, or one section in the config. */
const beginnings: Readonly<
  Record<string, { readonly config?: string; readonly options: readonly string[] }>
> = {
  "a start URL": { options: ["--start-url", startUrl] },
  "one sso-session": { config: session, options: [] },
};

for (const [name, { config, options }] of Object.entries(beginnings)) {
  scenario(
    `with ${name} one command leads from an empty home to the console, and the next signs in no more`,
    async (scene) => {
      scene.standIn.replaceAccounts(accounts);
      if (config === undefined) expect(await readdir(scene.home)).toEqual([]);
      else await scene.write("home/.aws/config", config);
      const browser = await fakeBrowser(scene);
      const env = { BROWSER: browser.command };
      const first = await scene.run(["console", "prod", "admin", ...options], env);
      expect([first.status, first.stdout]).toEqual([0, ""]);
      expect(first.stderr).toStartWith(signingIn);
      expect(first.stderr.trimEnd().split("\n")).toHaveLength(1);
      await browser.shows(page);
      expect([signIns(scene), listings(scene)]).toEqual([1, 2]);

      const again = await scene.run(["console", "prod", "admin", "--no-browser"]);
      expect([again.status, again.stderr]).toEqual([0, ""]);
      const { proxyUrl, caPem } = scene.standIn;
      const opened = await fetch(again.stdout.trim(), { proxy: proxyUrl, tls: { ca: caPem } });
      expect(await opened.text()).toContain(page);
      // The cached sign-in and listing serve every later run.
      const third = await scene.run(["getcallerid", "Prod/ReadOnlyAccess", ...options]);
      expect([third.status, third.stderr]).toEqual([0, ""]);
      expect(third.stdout).toContain("555555555555:assumed-role/AWSReservedSSO_ReadOnlyAccess_");
      expect([signIns(scene), listings(scene)]).toEqual([1, 2]);
    },
    { signInSettings },
  );
}

scenario(
  "of many matches without a terminal the first ten are named, of none the nearest",
  async (scene) => {
    scene.standIn.replaceAccounts(accounts);
    const env = { BROWSER: (await fakeBrowser(scene)).command };
    const several = await scene.run(["console", "team", "admin", "--start-url", startUrl], env);
    expect([several.status, several.stdout]).toEqual([2, ""]);
    const [, ...lines] = several.stderr.split("\n");
    expect(`${lines.join("\n")}`).toBe(
      stderrText({
        error: 'cannot choose an identity for "team admin": 199 match, and there is no terminal to choose on',
        notes: [
          ...accounts.slice(0, 10).map(({ id, name }) => `${name}/AdministratorAccess (${id}, ${startUrl})`),
          "and 189 more: aws-login list shows them all",
        ],
        hints: ["add a word, or name one exactly: a profile, or ACCOUNT/ROLE"],
      }),
    );
    const near = await scene.run(["console", "prdo", "administrator"]);
    expect([near.status, near.stdout]).toEqual([3, ""]);
    expect(near.stderr).toBe(
      stderrText({
        error: 'cannot find an identity for "prdo administrator": no profile, account or role matches',
        hints: [
          "the nearest names are: Prod/AdministratorAccess, team-001/AdministratorAccess, team-002/AdministratorAccess",
        ],
      }),
    );
    expect(signIns(scene)).toBe(1);
  },
  { signInSettings },
);

for (const [name, { config, options }] of Object.entries(beginnings)) {
  scenario(
    `with ${name} the line that the choice ends in does the same without asking, and without a sign-in`,
    async (scene) => {
      scene.standIn.replaceAccounts(accounts);
      if (config !== undefined) await scene.write("home/.aws/config", config);
      const argv = [executable, "getcallerid", "prod", "--use-device-code", "--no-browser", ...options];
      await using terminal = openTerminal(argv, { ...scene.env, TERM: "xterm" });
      await terminal.shows("2 of 400");
      terminal.type("read\r");
      expect(await terminal.exited).toBe(0);
      const [, line = ""] = /the same without asking: (.*)\r\n/.exec(terminal.text()) ?? [];
      expect(line).toStartWith("aws-login getcallerid ");
      const again = await scene.bash(line);
      expect([again.status, again.stderr]).toEqual([0, ""]);
      expect(again.stdout).toContain("555555555555:assumed-role/AWSReservedSSO_ReadOnlyAccess_");
      expect(signIns(scene)).toBe(1);
    },
    { signInSettings },
  );
}
