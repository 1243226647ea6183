import { expect } from "bun:test";
import { openTerminal, type TerminalSession, type TerminalSize } from "../system/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, sessionToken, tokenFile } from "./support/sign-ins.ts";
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
  const env = Object.entries({ ...scene.env, TERM: "xterm", ...more }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return openTerminal(argv, Object.fromEntries(env), size);
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

const hasTmux = Bun.which("tmux") !== null;
if (hasTmux) {
  scenario("the picker works in tmux, and leaves the screen as it was (needs tmux)", async (scene) => {
    await signedIn(scene);
    const socket = `${scene.root}/tmux`;
    const tmux = (...words: string[]) =>
      scene.bash(`exec tmux -S '${socket}' ${words.join(" ")}`, { TERM: "xterm" });
    await tmux("-f /dev/null new-session -d -x 80 -y 24 'bash --norc --noprofile'");
    const screen = async () => (await tmux("capture-pane -p")).stdout;
    await tmux("send-keys 'aws-login getcallerid my-acct > answer' Enter");
    const shown = await until(async () => {
      const text = await screen();
      return text.includes("4 of ") ? text : undefined;
    });
    expect(shown.split("\n")[0]).toBe("> my-acct");
    await tmux("send-keys 2 Enter");
    await until(async () => ((await screen()).includes("the same without asking") ? true : undefined));
    expect(await until(async () => (await Bun.file(`${scene.work}/answer`).text()) || undefined)).toContain(
      "222222222222",
    );
    expect(await screen()).toContain("aws-login getcallerid my-acct > answer");
    await tmux("kill-server");
  });
}
