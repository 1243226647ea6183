/** The runs that change what is cached for names: listings, and what was chosen lately. */
import { expect } from "bun:test";
import type { Ended } from "../../end-to-end/support/run.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { config, sessionToken, tokenFile } from "../../end-to-end/support/sign-ins.ts";
import { configMode } from "./flaw.ts";
import type { Home } from "./home.ts";
import { configFile, fromNothing, type Killable } from "./killables.ts";

async function signedIn(home: Home, { standIn }: Scene): Promise<void> {
  await home.write(configFile, config, configMode);
  await home.write(sessionToken.replace(/^home\//, ""), tokenFile(standIn.signIn(), 8 * 3600));
}

/** What the first run of the home printed. */
const printed = new WeakMap<Home, string>();

/** Every run prints the same, whatever a killed one left. */
async function prints({ status, stdout, stderr }: Ended, home: Home): Promise<void> {
  expect([status, stderr]).toEqual([0, ""]);
  const first = printed.get(home) ?? stdout;
  printed.set(home, first);
  expect(first).toContain("111111111111");
  expect(stdout).toBe(first);
}

const recent = ".aws-login/recent.json";

export const nameKillables: Readonly<Record<string, Killable>> = {
  "a listing that is cached": {
    args: ["list", "--reload", "--format", "tsv"],
    next: ["list", "--format", "tsv"],
    prepare: signedIn,
    arrange: fromNothing,
    check: prints,
  },
  "a choice that is remembered": {
    args: ["getcallerid", "my-acct-1", "admin"],
    prepare: signedIn,
    // Another choice was the latest, so that the file is written; the listing is cached from the first run on.
    arrange: async (home, round) => {
      if (round % 3 === 0) await home.remove(recent);
      else await home.write(recent, '{"recent":["other\\u0000\\u0000\\u0000"]}\n');
    },
    check: async (ended, home) => {
      expect([ended.status, ended.stderr]).toEqual([0, ""]);
      expect(ended.stdout).toContain("111111111111:assumed-role/AWSReservedSSO_AdministratorAccess_");
      const { recent: choices } = JSON.parse(home.files().get(recent)?.text ?? "{}");
      expect(choices[0]).toStartWith("my-acct-1/AdministratorAccess\0");
    },
  },
};
