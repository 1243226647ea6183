import { expect, test } from "bun:test";
import { join } from "node:path";
import { blocks } from "../readme/markdown.ts";
import { played, script, steps } from "../readme/transcript.ts";
import { root } from "../support/source-tree.ts";
import { awsCli } from "./support/aws-cli.ts";
import { outsideWorld, trustAnchor } from "./support/own-authority.ts";
import { scenario } from "./support/scene.ts";

const page = await Bun.file(join(root, "docs/servers.md")).text();
const transcripts = blocks(page).filter(({ language }) => language === "console");
const config = blocks(page).find(({ language }) => language === "ini")?.text ?? "";

if (Bun.which("openssl") === null || awsCli === undefined)
  test.skip("docs/servers.md shows what the programs print (needs openssl and AWS CLI version 2)", () => {});
else
  scenario(
    "docs/servers.md shows what the programs print, from the certificate to the AWS CLI",
    async (scene) => {
      await scene.write("home/.aws/config", config);
      const { world } = scene.standIn;
      for (const [index, { text }] of transcripts.entries()) {
        const ownNames = text.replaceAll("$ aws ", `$ ${awsCli} `);
        const line = script(steps(ownNames));
        const { stdout, stderr } = await scene.bash(line, { AWS_PAGER: "" });
        const shown = played(steps(ownNames), stdout);
        expect(shown + stderr).toBe(ownNames);
        if (index > 0) continue;
        const certificatePem = await Bun.file(join(scene.home, "pki/ca.pem")).text();
        Object.assign(world, { trustAnchors: [{ ...trustAnchor, certificatePem }] });
      }
      const made = scene.standIn.requests.filter(({ action }) => action === "CreateSession");
      expect(made).toHaveLength(2);
    },
    { world: outsideWorld, waits: true, only: "linux" },
  );
