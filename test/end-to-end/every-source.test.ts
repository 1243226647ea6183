/** What `--verbose`, `status` and the list of skipped sources say of every row of docs/sources.md. */
import { expect, test } from "bun:test";
import { blocksIn, sourcesPage, tableRows } from "../readme/markdown.ts";
import { SOURCES, world } from "../readme/sources.ts";
import { fakeBrowser } from "./support/browser.ts";
import { scenario } from "./support/scene.ts";
import { nothingFound } from "./support/stderr-text.ts";

const config = blocksIn("ini").join("\n");
const options = { world, signInSettings: { autoApprove: true } };
const rows = tableRows(sourcesPage, "Source");

/** Of the report's JSON, and the note for it where nothing is found; undefined where only an option or a setting names it. */
const expected: Readonly<Record<string, readonly [kind: string, note: string | undefined]>> = {
  "Identity Center, by address": ["sso-role", undefined],
  "Identity Center, by section": ["sso-role", undefined],
  "Identity Center, signed in before": ["sso-role", undefined],
  "Identity Center, access token": ["sso-role", undefined],
  "Identity Center, token file": ["sso-role", undefined],
  "IAM Roles Anywhere": ["rolesanywhere", "Roles Anywhere"],
  "Web identity, token file": ["web-identity", "web identity"],
  "Web identity, stdin": ["web-identity", "web identity"],
  "Web identity, GitHub Actions": ["web-identity", "web identity"],
  "Profile: Identity Center": ["sso-role", "profile default"],
  "Profile: role": ["sso-role", "profile default"],
  "Profile: web identity": ["web-identity", "profile default"],
  "Profile: keys": ["keys", "profile default"],
  "Profile: program": ["process", "profile default"],
  "Profile: AWS CLI's `aws login`": ["login-session", "profile default"],
  "Environment: keys": ["environment", "environment"],
  "Environment: profile": ["sso-role", "profile default"],
  "Environment: web identity": ["web-identity", "web identity"],
  "Container (ECS, EKS)": ["container", "container"],
  "EC2 instance metadata": ["instance-metadata", "instance metadata"],
};

test("every row of docs/sources.md is expected", () => {
  expect(Object.keys(expected)).toEqual(Object.keys(SOURCES));
});

for (const [source = "", , example = ""] of rows) {
  const [kind, note] = expected[source] ?? ["", undefined];
  scenario(
    `${source}: --verbose and status name it alike, and the list of what was tried has it`,
    async (scene) => {
      await scene.write("home/.aws/config", config);
      const prepared = await SOURCES[source]?.prepare?.(scene);
      const env = { ...prepared, BROWSER: (await fakeBrowser(scene)).command };
      const run = (command: string) => scene.bash(example.replace("getcallerid", command), env);
      const { status, stderr } = await run("getcallerid --verbose");
      expect(status).toBe(0);
      const [, told] = /^aws-login: source: (.+)$/m.exec(stderr) ?? [];
      const { stdout } = await run("status --offline --format json");
      const report = JSON.parse(stdout);
      expect({ kind: report.source.kind, from: report.source.from }).toEqual({ kind, from: told ?? "" });
      const notes = nothingFound(scene.home, "AWS_EC2_METADATA_DISABLED is true");
      if (note !== undefined) expect(notes).toContain(`aws-login: note: ${note}: `);
    },
    options,
  );
}
