import { expect, test } from "bun:test";
import { join } from "node:path";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { chromiumPath } from "../support/chromium.ts";
import { fakeBrowser } from "./support/browser.ts";
import { watchSecrets } from "./support/canaries.ts";
import { ANA } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, startUrl } from "./support/sign-ins.ts";
import { textOfFile, until } from "./support/until.ts";

/** Where and how the console opens: signed out first, through the portal, in a container, in a profile. */

const opened = ["console", "--assume-roles", SAMPLE_ROLES.jump];
const signedIn =
  "Signed in as arn:aws:sts::111111111111:assumed-role/Jump/aws-login, bound for https://console.";
const oneTime = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{64}/;

scenario("console --logout-first signs the browser out, and then in at the very page", async (scene) => {
  const browser = await fakeBrowser(scene);
  const canaries = watchSecrets(scene.standIn);
  const words = ["--logout-first", "--region", "eu-west-1", "--destination", "ec2/v2/home?a=b#Instances:"];
  const ended = await scene.run([...opened, ...words], { ...ANA, BROWSER: browser.command });
  expect(ended).toEqual({ status: 0, stdout: "", stderr: "" });
  await browser.shows(`${signedIn}aws.amazon.com/ec2/v2/home?a=b&amp;region=eu-west-1#Instances:`);
  expect(await browser.exposed()).toMatch(oneTime);
  expect(canaries.foundIn(await browser.exposed())).toEqual([]);
  expect(scene.standIn.requests.some(({ path }) => path === "/oauth")).toBe(true);
});

scenario("console --portal-link leads to the portal's link, and asks AWS for nothing", async (scene) => {
  await scene.write("home/.aws/config", config);
  const link = `${startUrl.replace(/\/?#?\/?$/, "")}/#/console?account_id=012345678901&role_name=ReadOnlyAccess`;
  const printed = await scene.run(["console", "--portal-link", "--profile", "s", "--no-browser"]);
  expect(printed).toEqual({ status: 0, stdout: `${link}\n`, stderr: "" });
  expect(scene.standIn.requests).toEqual([]);
  const browser = await fakeBrowser(scene);
  const ended = await scene.run(["console", "--portal-link", "--profile", "s"], { BROWSER: browser.command });
  expect(ended).toEqual({ status: 0, stdout: "", stderr: "" });
  await browser.shows("AWS access portal");
  expect(await browser.exposed()).toMatch(oneTime);
});

scenario("console --portal-link is refused for keys of the environment", async (scene) => {
  const ended = await scene.run(["console", "--portal-link"], ANA);
  expect([ended.status, ended.stdout]).toEqual([2, ""]);
  expect(ended.stderr).toContain(
    "cannot use --portal-link: the environment is not a role of Identity Center\n",
  );
  expect(scene.standIn.requests).toEqual([]);
});

scenario(
  "console --firefox-container gives Firefox the one-time address for the container",
  async (scene) => {
    const browser = await fakeBrowser(scene);
    // The extension takes the address out of the URL that Firefox was started with, and opens it in the container.
    await scene.write(
      "bin/firefox",
      `#!/bin/bash
printf '%s\\n' "$@" > ${scene.root}/firefox-arguments
encoded="\${2#*&url=}"
exec ${browser.command} "$(printf '%b' "\${encoded//%/\\\\x}")"
`,
      0o755,
    );
    const canaries = watchSecrets(scene.standIn);
    const ended = await scene.run([...opened, "--firefox-container", "Work & play"], ANA);
    expect(ended).toEqual({ status: 0, stdout: "", stderr: "" });
    await browser.shows(signedIn);
    const given = (await textOfFile(join(scene.root, "firefox-arguments"))) ?? "";
    expect(given).toMatch(
      /^--new-tab\next\+container:name=Work%20%26%20play&url=http%3A%2F%2F127\.0\.0\.1%3A\d+%2F[0-9a-f]{64}\n$/,
    );
    expect(canaries.foundIn(given)).toEqual([]);
  },
);

const localState = JSON.stringify({
  profile: { info_cache: { Default: { name: "Home" }, "Profile 1": { name: "Work" } } },
});

scenario("console --chrome-profile names the profiles there are, and writes none", async (scene) => {
  const path = await scene.write("home/.config/chromium/Local State", localState);
  const ended = await scene.run([...opened, "--chrome-profile", "Wrok"], ANA);
  expect([ended.status, ended.stdout]).toEqual([2, ""]);
  expect(ended.stderr).toContain('hint: did you mean --chrome-profile "Work"?\n');
  expect(await textOfFile(path)).toBe(localState);
  expect(scene.standIn.requests).toEqual([]);
});

/** Chromium as `BROWSER`, without a window, in the scene's home; it runs until the scene ends it. */
async function openInChromium(scene: Scene, chromium: string): Promise<void> {
  await scene.write("home/.config/chromium/Local State", localState);
  const { proxyUrl, serverKeyPin } = scene.standIn;
  const flags = [
    ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    ...[
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'",
    ],
    ...[`--user-data-dir=${scene.home}/.config/chromium`, `--proxy-server=${proxyUrl}`],
    `--ignore-certificate-errors-spki-list=${serverKeyPin}`,
  ];
  const BROWSER = await scene.write(
    "bin/chromium",
    `#!/bin/sh
echo $$ > ${scene.root}/pid
printf '%s\\n' "$@" > ${scene.root}/arguments
exec ${chromium} ${flags.join(" ")} "$@"
`,
    0o755,
  );
  try {
    const ended = await scene.run([...opened, "--chrome-profile", "Work"], { ...ANA, BROWSER });
    expect(ended).toEqual({ status: 0, stdout: "", stderr: "" });
    const wentIn = () =>
      scene.standIn.requests.find(({ service, status }) => service === "console" || status === 302) ??
      scene.standIn.requests.find(({ action }) => action === "login");
    await until(async () => wentIn());
    const profile = Bun.file(`${scene.home}/.config/chromium/Profile 1/Preferences`);
    await until(async () => ((await profile.exists()) ? true : undefined));
    expect(await textOfFile(join(scene.root, "arguments"))).toMatch(
      /^--profile-directory=Profile 1\n--no-first-run\n--no-default-browser-check\nhttp:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{64}\n$/,
    );
  } finally {
    const pid = Number(await textOfFile(join(scene.root, "pid")));
    if (pid > 0) process.kill(pid);
    await until(async () => ((await isGone(pid)) ? true : undefined));
  }
}

async function isGone(pid: number): Promise<boolean> {
  return !(await Bun.file(`/proc/${pid}/stat`).exists());
}

const inProfile = "console --chrome-profile opens the profile of that name in Chromium";
if (chromiumPath === undefined) test.skip(`${inProfile} (needs chromium)`, () => {});
else {
  const path = chromiumPath;
  scenario(inProfile, (scene) => openInChromium(scene, path), { only: "linux" });
}
