import { expect, test } from "bun:test";
import { awsCli, awsCliLimit } from "./support/aws-cli.ts";
import { type Ended, start } from "./support/run.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { config, operations, sessionToken, startUrl, tokenFile } from "./support/sign-ins.ts";

/** The AWS CLI of version 2 and this program share sign-ins, in both directions. */

const waits = { waits: true, limit: awsCliLimit };
const options = { ...waits, signInSettings: { autoApprove: true } };

function aws(scene: Scene, ...args: string[]): Promise<Ended> {
  return start([awsCli ?? "", ...args], { ...scene.env, AWS_PAGER: "" }, scene.work).ended;
}

if (awsCli === undefined) {
  test.skip("the AWS CLI shares sign-ins: AWS CLI version 2 is not installed", () => {});
} else {
  for (const profile of ["s", "old"]) {
    scenario(
      `the AWS CLI uses the sign-in that was made here for profile ${profile}`,
      async (scene) => {
        await scene.write("home/.aws/config", config);
        expect((await scene.run(["login", "--profile", profile, "--no-browser"])).status).toBe(0);
        const ended = await aws(scene, "sts", "get-caller-identity", "--profile", profile);
        expect(ended.stdout).toContain("AWSReservedSSO_ReadOnlyAccess");
        expect((await aws(scene, "sso", "logout")).status).toBe(0);
        const after = await scene.run(["dumpcreds", "--credential-helper", "--profile", profile]);
        expect([after.status, after.stdout]).toEqual([4, ""]);
      },
      options,
    );

    scenario(
      `the sign-in of the AWS CLI for profile ${profile} is used here`,
      async (scene) => {
        await scene.write("home/.aws/config", config);
        expect((await aws(scene, "sso", "login", "--no-browser", "--profile", profile)).status).toBe(0);
        const ended = await scene.run(["getcallerid", "--profile", profile, "--sign-in", "never"]);
        expect(ended.stdout).toContain("AWSReservedSSO_ReadOnlyAccess");
        expect(ended.stderr).toBe("");
        expect((await scene.run(["logout", "--profile", profile])).status).toBe(0);
        expect((await aws(scene, "sts", "get-caller-identity", "--profile", profile)).status).not.toBe(0);
      },
      options,
    );
  }

  scenario(
    "an AWS CLI that knows device codes only signs in after a sign-in here with a browser",
    async (scene) => {
      await scene.write("home/.aws/config", config);
      const browser = await scene.write(
        "bin/browser",
        `#!/bin/sh\nexec curl -sSL --cacert ${scene.root}/ca.pem "$1" > ${scene.root}/page\n`,
        0o755,
      );
      expect((await scene.run(["login", "--profile", "s"], { BROWSER: browser })).status).toBe(0);
      expect((await aws(scene, "sso", "login", "--no-browser", "--profile", "s")).status).toBe(0);
      expect(operations(scene)).not.toContain("StartDeviceAuthorization 400");
    },
    options,
  );

  scenario(
    "each program renews the token that the other renewed before",
    async (scene) => {
      await scene.write("home/.aws/config", config);
      const path = await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), -60));
      const expire = async () => {
        const file = await Bun.file(path).json();
        await Bun.write(path, JSON.stringify({ ...file, expiresAt: "2020-01-01T00:00:00Z" }));
      };
      const caller = (ended: Ended) => expect(ended.stdout).toContain("AWSReservedSSO_ReadOnlyAccess");
      for (let round = 0; round < 2; round++) {
        caller(await scene.run(["getcallerid", "--profile", "s", "--sign-in", "never"]));
        await expire();
        await Bun.$`rm -rf ${scene.home}/.aws/cli`.quiet();
        caller(await aws(scene, "sts", "get-caller-identity", "--profile", "s"));
        await expire();
      }
      expect(operations(scene).filter((operation) => operation.startsWith("CreateToken"))).toEqual(
        Array(4).fill("CreateToken 200"),
      );
      expect((await Bun.file(path).json()).startUrl).toBe(startUrl);
    },
    waits,
  );
}
