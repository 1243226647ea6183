import { expect } from "bun:test";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, sessionToken, tokenFile } from "./support/sign-ins.ts";
import { until } from "./support/until.ts";

/** What the administrator of a portal, or of an account, may call it: names drive no terminal, no shell and no table. */

/** Everything that may drive a terminal, or hide: control characters but tab and line end, and marks of direction. */
const dangerous = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/u;

const ESC = "\x1b";

const names = [
  "clear\x1b[2J\x1b]0;title\x07",
  "one\nline\r\nmore",
  "tab\tbed\\",
  "user\u202egnp.exe",
  "unseen\u200b\u2066",
  "c1 \u009b31m",
  "-o --help",
  "$(touch pwned); `touch pwned` 'x' \"y\"",
  "aws-login: error: not me",
  "x".repeat(5_000),
  "東京 – Zürich",
];
const accounts = names.map((name, index) => ({
  id: String(100_000_000_000 + index),
  name,
  roles: [{ name: "ReadOnlyAccess" }, { name: "Admin,+=.@-_" }],
}));

async function signedIn(scene: Scene): Promise<void> {
  scene.standIn.replaceAccounts(accounts);
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
}

scenario("hostile names stay in their place in tables, reports and errors", async (scene) => {
  await signedIn(scene);
  const table = await scene.run(["list"]);
  expect([table.status, table.stderr]).toEqual([0, ""]);
  expect(table.stdout).not.toMatch(dangerous);
  // A heading, two profiles, and a line for each role.
  expect(table.stdout.trimEnd().split("\n")).toHaveLength(1 + 2 + 2 * accounts.length);

  const tsv = await scene.run(["list", "--format", "tsv"]);
  const rows = tsv.stdout.split("\n").slice(0, -1);
  expect(rows).toHaveLength(2 + 2 * accounts.length);
  for (const row of rows) expect(row.split("\t")).toHaveLength(8);
  expect(tsv.stdout).not.toMatch(dangerous);

  const records = JSON.parse((await scene.run(["list", "--format", "json"])).stdout);
  const found = new Set(records.map(({ accountName }: { accountName: string | null }) => accountName));
  // For programs each is as the portal has it.
  for (const name of names) expect(found).toContain(name);

  const several = await scene.run(["console", "readonly"]);
  expect([several.status, several.stdout]).toEqual([2, ""]);
  expect(several.stderr).not.toMatch(dangerous);
  expect(several.stderr.split("\n").filter((line) => line.startsWith("aws-login: note: "))).toHaveLength(11);
  const none = await scene.run(["console", "claer"]);
  expect([none.status, none.stdout]).toEqual([3, ""]);
  expect(none.stderr).not.toMatch(dangerous);

  const status = await scene.run(["status", "100000000000", "readonly"]);
  expect([status.status, status.stderr]).toEqual([0, ""]);
  expect(status.stdout).not.toMatch(dangerous);
  const caller = await scene.run(["getcallerid", "touch", "admin"]);
  expect([caller.status, caller.stderr]).toEqual([0, ""]);
  expect(caller.stdout).toContain('"Account": "100000000007"');
});

scenario("hostile names become profiles that the config file holds, shown without harm", async (scene) => {
  await signedIn(scene);
  const session = ["dumpconfig", "--sso-session", "my-sso"];
  const diff = await scene.run([...session, "--dry-run"]);
  expect(diff.status).toBe(1);
  expect(diff.stdout + diff.stderr).not.toMatch(dangerous);
  expect((await scene.run([...session, "--write"])).status).toBe(0);
  expect(await Bun.file(`${scene.home}/.aws/config`).text()).not.toMatch(dangerous);
  expect(await scene.run([...session, "--dry-run"])).toMatchObject({ status: 0, stdout: "" });
  const profile =
    (await scene.run(["list", "--format", "tsv", "touch", "readonly"])).stdout.split("\t")[0] ?? "";
  const caller = await scene.run(["getcallerid", "--profile", profile]);
  expect([caller.status, caller.stderr]).toEqual([0, ""]);
  expect(caller.stdout).toContain('"Account": "100000000007"');
});

scenario("hostile names do nothing to the terminal in the picker", async (scene) => {
  await signedIn(scene);
  expect((await scene.run(["list"])).status).toBe(0);
  await using terminal = openTerminal(
    [executable, "getcallerid", "access"],
    { ...scene.env, TERM: "xterm", NO_COLOR: "1" },
    {
      cols: 80,
      rows: 40,
    },
  );
  await terminal.shows("asking the portals");
  await until(
    async () => terminal.text().slice(terminal.text().lastIndexOf("\x1b[H")).includes("東京") || undefined,
  );
  // Without the picker's own sequences and the line ends of a raw terminal.
  const own = new RegExp(`${ESC}\\[\\??[\\d;]*[A-Za-z]|\\r`, "g");
  const pictures = terminal.text().replace(own, "");
  expect(pictures).not.toMatch(dangerous);
  expect(pictures).toContain("clear\\u{1b}[2J\\u{1b}]0;title\\u{7}/ReadOnlyAccess");
  terminal.type("\x15touch readonly\r");
  expect(await terminal.exited).toBe(0);
  const after = terminal.text().slice(terminal.text().lastIndexOf("\x1b[?1049l"));
  expect(after).toContain(
    `the same without asking: aws-login getcallerid --sso-session my-sso --sso-acct-id 100000000007`,
  );
  expect(await Bun.file(`${scene.work}/pwned`).exists()).toBe(false);
});
