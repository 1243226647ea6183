import { expect } from "bun:test";
import { basename, join } from "node:path";
import { largeListing } from "../../scripts/bench/large-listing.ts";
import { listingPath } from "../../src/sso/listing-path.ts";
import { SAMPLE_IDENTITY_CENTER } from "../stand-in/sample-identity-center.ts";
import {
  openTerminal,
  type TerminalSession,
  type TerminalSize,
} from "../system/terminal/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, sessionToken, tokenFile } from "./support/sign-ins.ts";
import { openTmux, tmuxScenario } from "./support/tmux.ts";
import { until } from "./support/until.ts";

const SCREEN: TerminalSize = { cols: 80, rows: 24 };

async function signedIn(scene: Scene): Promise<void> {
  await scene.write("home/.aws/config", config);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 3600));
  // The listing is cached from here on.
  expect((await scene.run(["list"])).status).toBe(0);
}

function open(
  scene: Scene,
  argv: readonly string[],
  more: Record<string, string> = {},
  size = SCREEN,
): TerminalSession {
  return openTerminal(argv, { ...scene.env, TERM: "xterm", ...more }, size);
}

/** What the last picture shows, without escape sequences, a line each. */
function picture(terminal: TerminalSession): readonly string[] {
  const text = terminal.text();
  const end = text.lastIndexOf("\x1b[J");
  const last = text.slice(text.lastIndexOf("\x1b[H", end), end);
  return last.split(/\r+\n/).map((line) => Bun.stripANSI(line));
}

scenario(
  "the picker narrows the list as one types, and says how to do the same without it",
  async (scene) => {
    await signedIn(scene);
    await using terminal = open(scene, [executable, "getcallerid", "my-acct"]);
    await terminal.shows("4 of ");
    expect(picture(terminal)[0]).toBe("> my-acct ");
    terminal.type("1 power");
    await terminal.shows("1 of ");
    terminal.type("\r");
    expect(await terminal.exited).toBe(0);
    const after = terminal.text().slice(terminal.text().lastIndexOf("\x1b[?1049l"));
    expect(after).toContain(
      "aws-login: the same without asking: aws-login getcallerid --sso-session my-sso --sso-acct-id 111111111111 --sso-role-name PowerUserAccess\r\n",
    );
    expect(after).toContain("111111111111:assumed-role/AWSReservedSSO_PowerUserAccess_");
    expect(terminal.echoes()).toBe(true);
  },
);

scenario(
  "the picker is drawn on the terminal when stdout is a pipe; what was chosen stands above next time",
  async (scene) => {
    await signedIn(scene);
    const line =
      "aws-login dumpcreds my-acct --outform json 2>/dev/null </dev/null | grep -c SecretAccessKey";
    await using first = open(scene, ["bash", "--norc", "--noprofile", "-c", line]);
    await first.shows("4 of ");
    first.type("\x1b[B\r");
    expect(await first.exited).toBe(0);
    expect(first.text()).toEndWith("1\r\n");
    await using second = open(scene, [executable, "getcallerid", "my-acct"]);
    await second.shows("4 of ");
    expect(picture(second).slice(2, 4)).toEqual([
      ">*my-acct-1/PowerUserAccess  111111111111",
      "  my-acct-1/AdministratorAccess  111111111111",
    ]);
    second.type("\x1b");
    expect(await second.exited).toBe(130);
  },
);

for (const [name, key] of Object.entries({ Esc: "\x1b", "Ctrl-C": "\x03" })) {
  scenario(`${name} leaves the picker with status 130 and the terminal as it was`, async (scene) => {
    await signedIn(scene);
    await using terminal = open(scene, [executable, "dumpcreds", "my-acct"]);
    await terminal.shows("4 of ");
    expect(terminal.echoes()).toBe(false);
    terminal.type(key);
    expect(await terminal.exited).toBe(130);
    expect(terminal.echoes()).toBe(true);
    expect(terminal.text()).toContain("\x1b[?1049l");
    expect(terminal.text()).toEndWith(
      "aws-login: error: choosing an identity: interrupted\r\n".replace("error:", "\x1b[1;31merror:\x1b[0m"),
    );
  });
}

scenario("SIGTERM ends the picker with the terminal as it was", async (scene) => {
  await signedIn(scene);
  await using terminal = open(scene, [executable, "dumpcreds", "my-acct"]);
  await terminal.shows("4 of ");
  process.kill(terminal.pid, "SIGTERM");
  expect(await terminal.exited).toBe(143);
  expect(terminal.echoes()).toBe(true);
  expect(terminal.text()).toContain("\x1b[?1049l");
});

scenario("SIGINT from another process leaves the picker with status 130", async (scene) => {
  await signedIn(scene);
  await using terminal = open(scene, [executable, "dumpcreds", "my-acct"]);
  await terminal.shows("4 of ");
  process.kill(terminal.pid, "SIGINT");
  expect(await terminal.exited).toBe(130);
  expect(terminal.echoes()).toBe(true);
});

scenario(
  "an account that the portal has by now comes in, and the selection stays on its entry",
  async (scene) => {
    await signedIn(scene);
    const roles = [{ name: "ReadOnlyAccess" }];
    scene.standIn.replaceAccounts([
      { id: "444444444444", name: "my-acct-0", roles },
      ...SAMPLE_IDENTITY_CENTER.accounts,
    ]);
    await using terminal = open(scene, [executable, "getcallerid", "my-acct"]);
    // Before the listing has come or after: one entry down from where it was.
    terminal.type("\x1b[B");
    await until(async () => (picture(terminal)[1] === "  5 of 13" ? true : undefined));
    await until(async () =>
      picture(terminal).some((line) => line.includes("> my-acct-1/Pow")) ? true : undefined,
    );
    expect(picture(terminal).slice(2, 5)).toEqual([
      "  my-acct-0/ReadOnlyAccess  444444444444",
      "  my-acct-1/AdministratorAccess  111111111111",
      "> my-acct-1/PowerUserAccess  111111111111",
    ]);
    terminal.type("\r");
    expect(await terminal.exited).toBe(0);
    expect(terminal.text()).toContain("111111111111:assumed-role/AWSReservedSSO_PowerUserAccess_");
    expect((await scene.run(["list", "my-acct-0"])).stdout).toContain("444444444444");
  },
);

scenario("names of the portal drive no terminal, and are found as they are typed", async (scene) => {
  scene.standIn.replaceAccounts([
    { id: "111111111111", name: "a\x1b]0;owned\x07\x1b[2Jb", roles: [{ name: "ReadOnlyAccess" }] },
    { id: "222222222222", name: "\u202etxet\u2066\r\n\u200b", roles: [{ name: "ReadOnlyAccess" }] },
    { id: "333333333333", name: "東京 e\u0301", roles: [{ name: "ReadOnlyAccess" }, { name: "Other" }] },
  ]);
  await signedIn(scene);
  await using terminal = open(scene, [executable, "dumpcreds", "readonly"], { NO_COLOR: "1" });
  await terminal.shows("5 of 6");
  const shown = picture(terminal).join("\n");
  expect(shown).toContain("a\\u{1b}]0;owned\\u{7}\\u{1b}[2Jb/ReadOnlyAccess  111111111111");
  expect(shown).toContain("\\u{202e}txet\\u{2066}\\u{d}\\u{a}\\u{200b}/ReadOnlyAccess  222222222222");
  const bytes = Buffer.from("京 e\u0301");
  terminal.type(bytes.subarray(0, 2));
  terminal.type(bytes.subarray(2));
  await terminal.shows("1 of 6");
  expect(picture(terminal)[0]).toBe("> readonly 京 e\u0301");
  terminal.type("\x7f\x7f\x1b[<0;1;1M\u202e");
  await terminal.shows("0 of 6");
  expect(picture(terminal)[0]).toBe("> readonly 京\\u{202e}");
  terminal.type("\x03");
  expect(await terminal.exited).toBe(130);
});

scenario("the picker has ten thousand entries", async (scene) => {
  await scene.write("home/.aws/config", config);
  const cached = join(".aws-login/listings", basename(listingPath("", join(scene.root, sessionToken))));
  await scene.write(join("home", cached), largeListing());
  await using terminal = open(scene, [executable, "dumpcreds", "team"]);
  await terminal.shows("10000 of 10002");
  terminal.type("\x1b[F");
  await terminal.shows("team-1999-prod/ViewOnlyAccess");
  terminal.type("\x1b[5~");
  await until(
    async () => picture(terminal).some((line) => line.startsWith("> team-1995-prod/ReadOnly")) || undefined,
  );
  // As a terminal sends what is pasted: a line end in it takes nothing.
  terminal.type("\x1b[200~0777\nbill\n\x1b[201~");
  await terminal.shows("1 of 10002");
  terminal.type("\x15\x03");
  expect(await terminal.exited).toBe(130);
});

scenario("the picker ends when its terminal goes", async (scene) => {
  await signedIn(scene);
  await using terminal = open(scene, [executable, "dumpcreds", "my-acct"]);
  await terminal.shows("4 of ");
  terminal.hangUp();
  expect(await terminal.exited).not.toBe(0);
});

scenario("the picker fits 40 columns, and a terminal that is resized", async (scene) => {
  await signedIn(scene);
  await using terminal = open(
    scene,
    [executable, "getcallerid", "a"],
    { NO_COLOR: "1" },
    { cols: 40, rows: 8 },
  );
  await terminal.shows("asking the portals");
  await until(async () => !picture(terminal).join("\n").includes("asking") || undefined);
  const narrow = picture(terminal);
  expect(narrow.length).toBe(8);
  for (const line of narrow) expect(Bun.stringWidth(line)).toBeLessThan(40);
  expect(terminal.text()).not.toContain("\x1b[1m");
  terminal.resize({ cols: 100, rows: 30 });
  await until(async () => picture(terminal).length > 8 || undefined);
  terminal.type("\x15\x07");
  expect(await terminal.exited).toBe(130);
});

scenario("a dumb terminal gets a list with numbers", async (scene) => {
  await signedIn(scene);
  await using terminal = open(scene, [executable, "getcallerid", "my-acct"], { TERM: "dumb" });
  await terminal.shows("number, or words to look for (nothing leaves): ");
  terminal.type("2\n");
  expect(await terminal.exited).toBe(0);
  expect(terminal.text()).toContain("  2  my-acct-1/PowerUserAccess  111111111111\r\n");
  expect(terminal.text()).toContain("assumed-role/AWSReservedSSO_PowerUserAccess_");
  expect(terminal.text()).not.toContain("\x1b");
});

tmuxScenario("the picker works in tmux, and leaves the screen as it was", async (scene) => {
  await signedIn(scene);
  await using tmux = await openTmux(scene, { cols: 80, rows: 24 });
  await tmux.run("send-keys", "aws-login getcallerid my-acct > answer", "Enter");
  const shown = await until(async () => {
    const text = await tmux.screen();
    return text.includes("4 of ") ? text : undefined;
  });
  expect(shown.split("\n")[0]).toBe("> my-acct");
  await tmux.run("send-keys", "2", "Enter");
  await until(async () => ((await tmux.screen()).includes("the same without asking") ? true : undefined));
  expect(await until(async () => (await Bun.file(`${scene.work}/answer`).text()) || undefined)).toContain(
    "222222222222",
  );
  expect(await tmux.screen()).toContain("aws-login getcallerid my-acct > answer");
});

tmuxScenario("the picker has wide characters in 40 columns of tmux, and is resized", async (scene) => {
  const roles = [{ name: "ReadOnlyAccess" }];
  scene.standIn.replaceAccounts([
    { id: "111111111111", name: "東京".repeat(12), roles },
    { id: "222222222222", name: `${"e\u0301".repeat(30)}`, roles },
    { id: "333333333333", name: "🗼".repeat(20), roles },
  ]);
  await signedIn(scene);
  await using tmux = await openTmux(scene, { cols: 40, rows: 8 });
  const line = (start: string) =>
    until(async () => (await tmux.screen()).split("\n").find((each) => each.startsWith(start)));
  await tmux.run("send-keys", "aws-login getcallerid readonly", "Enter");
  expect(await line("  東")).toBe(`  ${"東京".repeat(9)}…`);
  expect(await line("  🗼")).toBe(`  ${"🗼".repeat(18)}…`);
  tmux.resize({ cols: 72, rows: 10 });
  expect(
    await until(async () => ((await line("  🗼")).includes("333333333333") ? line("  🗼") : undefined)),
  ).toBe(`  ${"🗼".repeat(20)}/ReadOnlyAccess  333333333333`);
  await tmux.run("send-keys", "-l", "京");
  expect(await line("> readonly 京")).toBe("> readonly 京");
  expect(await line("> 東")).toBe(`> ${"東京".repeat(12)}/ReadOnlyAccess  111…`);
  await tmux.run("send-keys", "C-c");
  await until(async () => ((await tmux.screen()).includes("interrupted") ? true : undefined));
});
