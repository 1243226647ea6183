import { expect } from "bun:test";
import { openTerminal } from "../system/terminal/terminal-session.ts";
import { executable } from "./support/executable.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, operations, role, sessionToken, startUrl } from "./support/sign-ins.ts";

/** The portal that `login` and `dumpconfig` take where no option names one, and where a start URL leads. */

const autoApprove = { signInSettings: { autoApprove: true } };
const login = ["login", "--use-device-code", "--no-browser"];
const hasToken = (scene: Scene, path: string) => Bun.file(`${scene.root}/${path}`).exists();

scenario(
  "login signs in to the portal of AWS_PROFILE, or to the only session of the config file",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    for (const env of [{ AWS_PROFILE: "s" }, {}]) {
      const ended = await scene.run(login, env);
      expect([ended.status, ended.stdout]).toEqual([0, ""]);
      expect(ended.stderr).toContain(`aws-login: signed in to ${startUrl} until `);
      expect(await hasToken(scene, sessionToken)).toBe(true);
    }
    const listed = await scene.run(["dumpconfig"]);
    expect(listed.stdout).toContain("\n[sso-session my-sso]\n");
  },
  autoApprove,
);

scenario("login and dumpconfig name the portals where the config file has several", async (scene) => {
  await scene.write("home/.aws/config", `${config}\n[sso-session spare]\nsso_start_url = ${startUrl}\n`);
  for (const command of ["login", "dumpconfig"]) {
    expect(await scene.run([command])).toMatchObject({
      status: 2,
      stdout: "",
      stderr:
        "aws-login: error: the config file has several Identity Center portals: my-sso, spare\naws-login: hint: name one of them, for example --sso-session my-sso\n",
    });
  }
  expect(scene.standIn.requests).toEqual([]);
});

const spare = `\n[sso-session spare]\nsso_start_url = https://d-0987654321.awsapps.com/start\nsso_region = us-east-1\n`;

function openOn(scene: Scene, argv: readonly string[], more: Record<string, string>) {
  return openTerminal([executable, ...argv], { ...scene.env, ...more }, { cols: 200, rows: 24 });
}

scenario(
  "login lets a person at a terminal choose among several portals, and says how to do without",
  async (scene) => {
    await scene.write("home/.aws/config", config + spare);
    await using terminal = openOn(scene, login, { TERM: "xterm", NO_COLOR: "1" });
    await terminal.shows("2 of 2");
    expect(terminal.text()).toContain(`> my-sso  ${startUrl}`);
    expect(terminal.text()).toContain("  spare  https://d-0987654321.awsapps.com/start");
    expect(scene.standIn.requests).toEqual([]);
    terminal.type("my\r");
    expect(await terminal.exited).toBe(0);
    const after = terminal.text().slice(terminal.text().lastIndexOf("\x1b[?1049l"));
    expect(after).toContain(
      "aws-login: the same without asking: aws-login login --sso-session my-sso --use-device-code --no-browser\r\n",
    );
    expect(after).toContain(`aws-login: signed in to ${startUrl} until `);
    expect(await hasToken(scene, sessionToken)).toBe(true);
    expect(terminal.echoes()).toBe(true);
  },
  autoApprove,
);

scenario(
  "dumpconfig lets a person choose a portal while stdout is a file",
  async (scene) => {
    await scene.write("home/.aws/config", config + spare);
    await using terminal = openOn(scene, ["dumpconfig", "--use-device-code", "--no-browser"], {
      TERM: "dumb",
    });
    await terminal.shows("number, or words to look for (nothing leaves): ");
    terminal.type("1\n");
    expect(await terminal.exited).toBe(0);
    expect(terminal.text()).toContain(`  1  my-sso  ${startUrl}\r\n`);
    expect(terminal.text()).toContain("\r\n[sso-session my-sso]\r\n");
  },
  autoApprove,
);

scenario("a person who leaves the choice of a portal is signed in nowhere", async (scene) => {
  await scene.write("home/.aws/config", config + spare);
  await using terminal = openOn(scene, login, { TERM: "xterm", NO_COLOR: "1" });
  await terminal.shows("2 of 2");
  terminal.type("\x1b");
  expect(await terminal.exited).toBe(130);
  expect(terminal.text()).toEndWith("aws-login: error: choosing a portal: interrupted\r\n");
  expect(scene.standIn.requests).toEqual([]);
});

scenario(
  "login --profile reads the portal in a credential_process that runs this program",
  async (scene) => {
    const line = `aws-login dumpcreds --credential-helper --use-cache --start-url ${startUrl} ${role.join(" ")}`;
    await scene.write("home/.aws/config", `[profile deploy]\ncredential_process = ${line}\n`);
    expect((await scene.run([...login, "--profile", "deploy"])).status).toBe(0);
    const ended = await scene.run(["getcallerid", "--profile", "deploy"]);
    expect(ended.stdout).toContain("AWSReservedSSO_ReadOnlyAccess");
  },
  autoApprove,
);

scenario(
  "a start URL on a company's own host is resolved for the login, and stays the name of the token",
  async (scene) => {
    const own = "https://aws.example.com/start";
    scene.standIn.fault({
      match: { host: "aws.example.com" },
      effect: { kind: "redirect", location: startUrl },
      times: 1,
    });
    const options = ["--start-url", own, "--use-cache"];
    const ended = await scene.run([...login, ...options]);
    expect(ended.stderr).toContain(`aws-login: signed in to ${own} until `);
    const [resolving] = scene.standIn.requests;
    expect([resolving?.method, resolving?.host]).toEqual(["HEAD", "aws.example.com"]);
    expect(operations(scene)).toContain("StartDeviceAuthorization 200");
    const caller = await scene.run(["getcallerid", ...options, ...role]);
    expect(caller.stdout).toContain("AWSReservedSSO_ReadOnlyAccess");
  },
  autoApprove,
);
