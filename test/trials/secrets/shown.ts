/** Courses that hand something to programs of the person's: a browser, the clipboard's program. */
import { fakeBrowser } from "../../end-to-end/support/browser.ts";
import { ANA } from "../../end-to-end/support/identities.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { role, startUrl } from "../../end-to-end/support/sign-ins.ts";
import { SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import type { Scenario } from "../faults/scenario.ts";

type Shown = Pick<Scenario, "name" | "prepare" | "options">;

async function desktop(scene: Scene): Promise<Record<string, string>> {
  await scene.write("bin/xclip", "#!/bin/sh\ncat > /dev/null\n", 0o755);
  return { BROWSER: (await fakeBrowser(scene)).command, DISPLAY: ":0" };
}

export const shownCourses: readonly Shown[] = [
  {
    name: "console in a browser, with its address on the clipboard",
    prepare: async (scene) => ({
      args: ["console", "--copy", "--assume-roles", SAMPLE_ROLES.jump],
      env: { ...ANA, ...(await desktop(scene)) },
    }),
  },
  {
    name: "console in a browser after a sign-in there that is stored",
    options: { signInSettings: { autoApprove: true } },
    prepare: async (scene) => ({
      args: ["console", "--use-cache", "--start-url", startUrl, ...role],
      env: await desktop(scene),
    }),
  },
];
