import { expect } from "bun:test";
import { join } from "node:path";
import { blocks } from "../readme/markdown.ts";
import { actionsPath } from "../stand-in/actions/actions.ts";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import { root } from "../support/source-tree.ts";
import { callerOf } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";

const page = await Bun.file(join(root, "docs/ci.md")).text();
const workflows = blocks(page).filter(({ language }) => language === "yaml");
const config = blocks(page).find(({ language }) => language === "ini")?.text ?? "";

const token = "made-up.token.of-a-job";
const requestToken = "made-up-request-token";
const world = {
  ...SAMPLE_WORLD,
  webIdentities: [{ token, roles: [SAMPLE_ROLES.ring] }],
  actions: { requestToken, token },
};

/** The command line that a folded block (`>`) of the workflow holds. */
function commandIn(workflow: string | undefined): string {
  const [, folded = ""] = /(?:run:|-) >\n((?: +.*\n?)+)/.exec(workflow ?? "") ?? [];
  return folded.replace(/\s+/g, " ").trim();
}

const job = ({ standIn }: Scene) => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${standIn.ports.actions}${actionsPath}?api-version=2.0`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
});

scenario(
  "the workflow of docs/ci.md for GitHub Actions runs the job's program as the role",
  async (scene) => {
    await scene.write("work/deploy.sh", "#!/bin/sh\nexec aws-login getcallerid\n", 0o700);
    const ended = await scene.bash(commandIn(workflows[0]?.text), { ...job(scene), GITHUB_RUN_ID: "7" });
    const stdout = callerOf(scene.standIn, SAMPLE_ROLES.ring, "run-7");
    expect(ended).toEqual({ status: 0, stdout, stderr: "" });
  },
  { world },
);

scenario(
  "the profile of docs/ci.md makes one session for all programs of the job",
  async (scene) => {
    await scene.write("home/.aws/config", config);
    const ask = () => scene.run(["getcallerid", "--profile", "ci"], job(scene));
    const stdout = callerOf(scene.standIn, SAMPLE_ROLES.ring);
    for (const ended of await Promise.all([ask(), ask(), ask()]))
      expect(ended).toEqual({ status: 0, stdout, stderr: "" });
    expect(scene.standIn.requests.filter(({ action }) => action === "GetIdToken")).toHaveLength(1);
  },
  { world },
);

scenario(
  "the job of docs/ci.md for GitLab runs the job's program as the role",
  async (scene) => {
    await scene.write("work/deploy.sh", "#!/bin/sh\nexec aws-login getcallerid\n", 0o700);
    const ended = await scene.bash(commandIn(workflows[1]?.text), { AWS_TOKEN: token });
    const stdout = callerOf(scene.standIn, SAMPLE_ROLES.ring);
    expect(ended).toEqual({ status: 0, stdout, stderr: "" });
  },
  { world },
);
