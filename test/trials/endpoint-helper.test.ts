/** `runas --auto-refresh` whose `credential_process` misbehaves for a while. */
import { expect, test } from "bun:test";
import { rm } from "node:fs/promises";
import { worldWithShortRoles } from "../end-to-end/support/endpoints.ts";
import { type Scene, withScene } from "../end-to-end/support/scene.ts";
import { config, sessionToken, tokenFile } from "../end-to-end/support/sign-ins.ts";
import { type EndpointWatch, watchEndpoint } from "./faults/endpoint-watch.ts";
import { casesOf, chance, patienceOf, repeatable, seedOf, tally, trialSeed } from "./trial.ts";

/** Endpoints at the same time, and how much all of them together go through. */
const endpoints = 6;
const rounds = 12;
/** Seconds that a set lives. */
const life = 4;
/** Milliseconds in which an endpoint must serve a new set once the helper is well. */
const patience = 30_000;

const trial = "faults in the credential_process of an endpoint";

const members = (more: object) =>
  JSON.stringify({
    Version: 1,
    AccessKeyId: "ASIAMADEUP",
    SecretAccessKey: "made-up",
    SessionToken: "made-up",
    ...more,
  });
const prints = (text: string) => `printf %s '${text}'`;

/** What the helper does in the place of an answer, as a line of its shell. */
const misdeeds: Readonly<Record<string, string>> = {
  "it fails": "echo no network >&2; exit 1",
  "it prints nothing": ":",
  "it prints a page": prints("<html>Sign in</html>"),
  "it prints an empty object": prints("{}"),
  "it prints empty keys": prints(members({ AccessKeyId: "", SecretAccessKey: "", SessionToken: "" })),
  "it prints an empty token": prints(members({ SessionToken: "", Expiration: "2999-01-01T00:00:00Z" })),
  "it prints keys that have expired": prints(members({ Expiration: "2020-01-01T00:00:00Z" })),
  "it prints an end that is no time": prints(members({ Expiration: "soon" })),
  "it prints long-term keys": prints(members({ SessionToken: undefined })),
  "it prints the form of a later version": prints(members({ Version: 2 })),
  "it prints half of its answer": `aws-login dumpcreds --credential-helper --profile s | head -c 120`,
  "it is killed": "kill -9 $$",
  "it is late": "sleep 2; exec aws-login dumpcreds --credential-helper --profile s",
};

const helper = `#!/bin/sh
[ -e "$HOME/misdeed" ] && . "$HOME/misdeed" && exit
exec aws-login dumpcreds --credential-helper --profile s
`;

async function prepare(scene: Scene): Promise<void> {
  const file = await scene.write("bin/helper", helper, 0o755);
  await scene.write("home/.aws/config", `${config}\n[profile h]\ncredential_process = ${file}\n`);
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), 8 * 3600));
}

/** What was wrong until the endpoint served a new set after the misdeeds, a line each. */
async function playRound(scene: Scene, watch: EndpointWatch, draw: () => number): Promise<string[]> {
  const all = Object.entries(misdeeds);
  const [name, line] = all[Math.floor(draw() * all.length)] ?? ["", ""];
  const milliseconds = 1_000 + draw() * 4_000;
  await scene.write("home/misdeed", `${line}\n`);
  await Bun.sleep(milliseconds);
  await rm(`${scene.home}/misdeed`);
  const before = watch.issued.length;
  const isOver = () => {
    const served = watch.served();
    return served !== undefined && watch.issued.indexOf(served) >= before;
  };
  const began = performance.now();
  while (!isOver() && performance.now() - began < patience) await Bun.sleep(20);
  const problems = [...watch.problems(), ...(isOver() ? [] : ["it does not serve a new set"])];
  return problems.map((problem) => `${name} for ${milliseconds.toFixed(0)} ms: ${problem}`);
}

test.skipIf(process.platform === "win32")(
  `whatever its credential_process prints, an endpoint serves valid credentials or says why not, and goes on (seed ${trialSeed})`,
  async () => {
    const numbers = casesOf(trial, "faults", rounds);
    const wrong: string[] = [];
    let errors = 0;
    const endpoint = (number: number) =>
      withScene(
        async (scene) => {
          await prepare(scene);
          const watch = await watchEndpoint(scene, "h");
          try {
            for (const round of numbers.filter((_, index) => index % endpoints === number)) {
              const problems = await playRound(scene, watch, chance(seedOf(trial, round)));
              wrong.push(...problems.map((problem) => repeatable(trial, round, problem)));
            }
            errors += watch.errors();
          } finally {
            await watch.end();
          }
        },
        { world: worldWithShortRoles(life), signInSettings: { accessTokenLife: 8 * 3600 } },
      );
    await Promise.all(Array.from({ length: endpoints }, (_, number) => endpoint(number)));
    expect(wrong).toEqual([]);
    // Some misdeeds outlast the old set.
    if (numbers.length > 1) expect(errors).toBeGreaterThan(0);
    tally(trial, "faults injected", numbers.length);
  },
  patienceOf("faults", 120_000),
);
