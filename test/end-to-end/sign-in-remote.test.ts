import { expect } from "bun:test";
import { openTerminal, type TerminalSession } from "../system/terminal/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, operations, role, startUrl } from "./support/sign-ins.ts";
import { textOfFile, until } from "./support/until.ts";

/** Signing in with a browser on another machine. */

const autoApprove = { signInSettings: { autoApprove: true } };
const asked = ["getcallerid", "--start-url", startUrl, ...role];
const question = "Address (not shown), then Enter: ";
const arn = "assumed-role/AWSReservedSSO_ReadOnlyAccess_";
const SSH = { SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22" };

function open(scene: Scene, args: readonly string[], more: Record<string, string> = {}): TerminalSession {
  return openTerminal([executable, ...args], { ...scene.env, ...more });
}

/** The page that the program says to open, once it has. */
async function pageIn(text: () => string): Promise<string> {
  return until(async () => /^ {4}(https:\S+)\r?$/m.exec(text())?.[1]);
}

/** Where a browser of another machine ends: it is let in, and does not reach this machine. */
async function endOf(scene: Scene, page: string): Promise<string> {
  const curl = `curl --silent --show-error --cacert ${scene.root}/ca.pem --write-out '%{redirect_url}' --output /dev/null '${page}'`;
  return (await scene.bash(curl)).stdout;
}

scenario(
  "--remote takes the address at which a browser elsewhere ended, and shows none of it",
  async (scene) => {
    await using terminal = open(scene, [...asked, "--remote"]);
    await terminal.shows(question);
    expect(terminal.echoes()).toBe(false);
    const address = await endOf(scene, await pageIn(terminal.text));
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback\?/);
    const code = new URL(address).searchParams.get("code") ?? "";
    terminal.type(`${address}\r`);
    expect(await terminal.exited).toBe(0);
    expect(terminal.text()).toContain(arn);
    expect(terminal.text()).not.toContain(code);
    expect(terminal.echoes()).toBe(true);
    expect(operations(scene)).not.toContain("StartDeviceAuthorization 200");
  },
  autoApprove,
);

scenario(
  "--remote takes the code alone, and an address longer than a terminal's line",
  async (scene) => {
    for (const form of ["code", "address"]) {
      await using terminal = open(scene, [...asked, "--remote"]);
      await terminal.shows(question);
      const address = await endOf(scene, await pageIn(terminal.text));
      const code = new URL(address).searchParams.get("code") ?? "";
      terminal.type(form === "code" ? `${code}\r` : `${address}&more=${"x".repeat(5000)}\r`);
      expect(await terminal.exited).toBe(0);
      expect(terminal.text()).toContain(arn);
    }
  },
  autoApprove,
);

scenario(
  "--remote asks again for the address of another sign-in, and for a line that is too long",
  async (scene) => {
    await using terminal = open(scene, [...asked, "--remote"]);
    await terminal.shows(question);
    const address = await endOf(scene, await pageIn(terminal.text));
    terminal.type(`${address.replace(/state=[^&]*/, "state=other")}\r`);
    await terminal.shows("cannot use what was pasted: it is of another sign-in");
    await terminal.shows(question);
    terminal.type(`${"x".repeat(70_000)}\r`);
    await terminal.shows("cannot use what was pasted: it is too long");
    await terminal.shows(question);
    terminal.type("made-up-code\r");
    await terminal.shows("cannot use what was pasted: ");
    await terminal.shows(question);
    terminal.type(`${address}\r`);
    expect(await terminal.exited).toBe(0);
    expect(terminal.text()).toContain(arn);
  },
  autoApprove,
);

scenario(
  "--remote also takes a browser that comes through a forwarded port",
  async (scene) => {
    await using terminal = open(scene, [...asked, "--remote"], SSH);
    await terminal.shows(question);
    const page = await pageIn(terminal.text);
    const port = new URL(new URL(page).searchParams.get("redirect_uri") ?? "").port;
    expect(terminal.text()).toContain(`    ssh -L ${port}:127.0.0.1:${port} 192.0.2.2\r\n`);
    const shown = await fetch(await endOf(scene, page));
    expect(await shown.text()).toContain("You are signed in");
    expect(await terminal.exited).toBe(0);
    expect(terminal.echoes()).toBe(true);
    expect(terminal.text()).toContain(arn);
  },
  autoApprove,
);

scenario("Ctrl-C at the question of --remote ends with 130 and the terminal as it was", async (scene) => {
  await using terminal = open(scene, ["login", "--start-url", startUrl, "--remote"]);
  await terminal.shows(question);
  terminal.type("half\x03");
  expect(await terminal.exited).toBe(130);
  expect(terminal.echoes()).toBe(true);
  expect(terminal.text()).toContain("interrupted");
});

scenario(
  "--remote without a terminal waits for the browser",
  async (scene) => {
    const stderr = `${scene.root}/stderr`;
    const running = scene.bash(`setsid --wait aws-login ${asked.join(" ")} --remote </dev/null 2>${stderr}`);
    const text = await until(async () => {
      const written = (await textOfFile(stderr)) ?? "";
      return written.includes("there is no terminal to paste into") ? written : undefined;
    });
    await fetch(await endOf(scene, await pageIn(() => text)));
    expect((await running).stdout).toContain(arn);
  },
  { ...autoApprove, only: "linux" },
);

scenario(
  "--callback-port fixes the port over SSH, and a taken port is an error",
  async (scene) => {
    const other = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => {} } });
    const port = String(other.port);
    const taken = await scene.run([...asked, "--callback-port", port]);
    expect([taken.status, taken.stdout]).toEqual([1, ""]);
    expect(taken.stderr).toContain(
      `cannot sign in to ${startUrl}: cannot listen on 127.0.0.1:${port}: another program uses this port\n`,
    );
    other.stop(true);
    const stderr = `${scene.root}/stderr`;
    const running = scene.bash(`aws-login ${asked.join(" ")} --callback-port ${port} 2>${stderr}`, SSH);
    const text = await until(async () => {
      const written = (await textOfFile(stderr)) ?? "";
      return written.includes("ssh -L") ? written : undefined;
    });
    expect(text).toEndWith(`    ssh -L ${port}:127.0.0.1:${port} 192.0.2.2\n`);
    await fetch(await endOf(scene, await pageIn(() => text)));
    expect((await running).stdout).toContain(arn);
  },
  autoApprove,
);

scenario("--remote is refused for a profile that signs in with a device code", async (scene) => {
  await scene.write("home/.aws/config", config);
  const ended = await scene.run(["login", "--profile", "old", "--remote"]);
  expect([ended.status, ended.stdout]).toEqual([2, ""]);
  expect(ended.stderr).toContain("a profile without sso_session signs in with a device code");
  expect(scene.standIn.requests).toEqual([]);
});
