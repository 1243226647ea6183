/**
 * AWS's own SDKs as programs of `runas --auto-refresh`, through many ends of their credentials. In a file of its own: the
 * credentials live for seconds, of which scenarios beside it would take too many.
 */
import { expect } from "bun:test";
import { clientScenario, clients, clientVariables } from "./support/clients.ts";
import { watchSets, worldWithShortRoles } from "./support/endpoints.ts";
import { keyVariables } from "./support/identities.ts";
import { config, sessionToken, tokenFile } from "./support/sign-ins.ts";
import { until } from "./support/until.ts";

/** Seconds. A call is sent within the third that is left when a set is given out for the last time. */
const life = 5;
const ends = 20;

for (const client of clients) {
  clientScenario(
    client,
    `${client.name} goes through ${ends} ends of its credentials without one failed call`,
    async (scene, argv) => {
      const { standIn } = scene;
      const sets = watchSets(standIn);
      await scene.write("home/.aws/config", config);
      await scene.write(sessionToken, tokenFile(standIn.signIn(), 3600));
      const [file, env] = [`${scene.root}/enough`, clientVariables(client, standIn)];
      const args = ["runas", "--auto-refresh", "--profile", "s", "--", ...argv, "--until", file];
      const program = scene.start(args, env);
      let hasEnded = false;
      void program.ended.then(() => {
        hasEnded = true;
      });
      const ended = () => sets.filter(({ expiration = 0 }) => expiration <= Date.now());
      await until(async () => (ended().length >= ends || hasEnded ? true : undefined));
      await Bun.write(file, "");

      const { status, stdout, stderr } = await program.ended;
      expect({ status, stderr, ends: ended().length >= ends }).toEqual({ status: 0, stderr: "", ends: true });
      const asked = standIn.requests.filter(({ action }) => action === "GetCallerIdentity");
      expect(asked.every((request) => request.status === 200)).toBe(true);
      expect(asked.length).toBe(stdout.trim().split("\n").length);
      // It used the sets one after the other, and not one that lives longer.
      expect(new Set(asked.map(({ accessKeyId }) => accessKeyId)).size).toBeGreaterThan(ends / 2);

      // It could have failed: a set that has ended is refused.
      const first = ended()[0];
      if (first === undefined) throw new Error("no set has ended");
      const late = await scene.run(["getcallerid"], { ...env, ...keyVariables(first) });
      expect([late.status, late.stdout]).toEqual([1, ""]);
      expect(late.stderr).toContain("ExpiredToken");
    },
    { world: worldWithShortRoles(life) },
  );
}
