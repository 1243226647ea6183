import { expect } from "bun:test";
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
