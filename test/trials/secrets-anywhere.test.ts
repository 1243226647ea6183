/** Secrets in every place in which they may be given, right or wrong, and the search for them in every other. */
import { describe, expect, test } from "bun:test";
import { mkdir, rm } from "node:fs/promises";
import { secretsIn, watchSecrets } from "../end-to-end/support/canaries.ts";
import { type Scene, withScene } from "../end-to-end/support/scene.ts";
import { strace } from "../end-to-end/support/strace.ts";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { actionsSecret, agentToken, loginToken, type Scenario, webToken } from "./faults/scenario.ts";
import { keyScenarios } from "./faults/scenarios-keys.ts";
import { signInScenarios } from "./faults/scenarios-sign-in.ts";
import { madeUp, type Shape } from "./secrets/made-up.ts";
import { faultOf, type Misplaced } from "./secrets/misplaced.ts";
import { inResponses } from "./secrets/misplaced-responses.ts";
import { inSettings } from "./secrets/misplaced-settings.ts";
import { inSources } from "./secrets/misplaced-sources.ts";
import { searchRun, type Watch } from "./secrets/search.ts";
import { shownCourses } from "./secrets/shown.ts";
import { type SourceCourse, sourceCourses } from "./secrets/source-courses.ts";
import { casesOf, chance, patienceOf, repeatable, seedOf, tally } from "./trial.ts";

const trial = "secrets anywhere";
const timeout = patienceOf("secrets", 120_000);
/** In these a secret is recognised wherever it turns up; in a password's only by its place. */
const recognised: readonly Shape[] = [
  "secret key",
  "secret key with a slash in front",
  "token",
  "encoded token",
];
const shapes: readonly Shape[] = [...recognised, "password"];

/** Commands that a secret may come to, one for each run. */
const usual = [
  ["getcallerid"],
  ["dumpcreds", "--assume-roles", SAMPLE_ROLES.jump],
  ["console", "--no-browser", "--get-federation-token"],
  ["runas", "--assume-roles", SAMPLE_ROLES.jump, "-c", "true"],
] as const;

type Course = Pick<Scenario, "name" | "prepare" | "options"> & Partial<SourceCourse>;
const courses: readonly Course[] = [...keyScenarios, ...signInScenarios, ...shownCourses, ...sourceCourses];

describe.skipIf(process.platform === "win32")("secrets", () => {
  for (const scenario of courses) {
    test.concurrent(
      `${scenario.name}: no secret but where it belongs`,
      () =>
        withScene(async (scene) => {
          const canaries = watchSecrets(scene.standIn, {
            "web identity": webToken,
            "secret of a job": actionsSecret,
            "token of the agent": agentToken,
            "refresh token of aws login": loginToken,
            ...scenario.secrets,
          });
          const { args, env = {} } = await scenario.prepare(scene);
          const [command] = args;
          const { ended, places, found } = await searchRun(scene, [...args, "--verbose"], env, {
            secrets: canaries.secrets,
            answers: command === "dumpcreds" || command === "console",
            inherits: command === "runas",
            ...(scenario.stdin === undefined ? {} : { stdin: await scene.write("typed", scenario.stdin) }),
          });
          tally(trial, "places searched for secrets", places);
          tally(trial, "secrets found", found.length);
          expect({ status: ended.status, found }).toEqual({ status: 0, found: [] });
          expect(canaries.secrets().size).toBeGreaterThan(4);
        }, scenario.options ?? {}),
      timeout,
    );
  }

  test.concurrent(
    "a secret in a wrong place, or in what is broken, is printed nowhere",
    () =>
      withScene(async (scene) => {
        const wrongs: string[] = [];
        for (const round of casesOf(trial, "secrets", 1)) {
          const random = chance(seedOf(trial, round));
          for (const [name, misplaced] of Object.entries({ ...inSettings, ...inResponses, ...inSources })) {
            for (const shape of misplaced.whatever ? [anyOf(shapes, random)] : recognised) {
              const secret = madeUp(shape, random);
              const wrong = await play(scene, misplaced, secret, random);
              wrongs.push(...wrong.map((line) => repeatable(trial, round, `${name}: ${line}`)));
            }
          }
        }
        expect(wrongs).toEqual([]);
      }, {}),
    timeout,
  );
});

function anyOf<T>(list: readonly T[], random: () => number): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error("the list is empty");
  return found;
}

async function play(
  scene: Scene,
  misplaced: Misplaced,
  secret: string,
  random: () => number,
): Promise<readonly string[]> {
  const { args = anyOf(usual, random), env = {}, files = {}, stdin } = misplaced;
  const put = (text: string) => text.replaceAll("SECRET", () => secret);
  for (const folder of [scene.home, scene.work]) {
    await rm(folder, { recursive: true });
    await mkdir(folder, { mode: 0o700 });
  }
  for (const [path, text] of Object.entries(files)) await scene.write(path, put(text));
  const typed = await scene.write("typed", put(stdin ?? ""));
  scene.standIn.reset();
  const fault = faultOf(misplaced);
  if (fault?.effect?.kind === "response") {
    scene.standIn.fault({ ...fault, effect: { ...fault.effect, body: put(fault.effect.body) } });
  }
  const placed = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, put(value)]));
  const watch: Watch = {
    secrets: () => new Map([["secret", secret]]),
    answers: false,
    inherits: misplaced.inherits ?? false,
    stdin: typed,
  };
  const attempts = { AWS_MAX_ATTEMPTS: "1", ...placed };
  const { ended, places, found } = await searchRun(scene, [...args.map(put), "--verbose"], attempts, watch);
  tally(trial, "places searched for secrets", places);
  tally(trial, "secrets found", found.length);
  const crashed = /unexpected|Bun v|panic/.test(ended.stderr)
    ? [`it ended by a defect:\n${ended.stderr}`]
    : [];
  return [...found, ...crashed, ...(ended.status > 4 ? [`it ended with ${ended.status}`] : [])];
}

describe("the search", () => {
  const secret = madeUp("token", chance(1));
  const bytes = Buffer.from(secret);
  const leaks: Record<string, string> = {
    "as it is": secret,
    "in a sentence": `the token ${secret}, they said`,
    "its beginning": `${secret.slice(0, 12)}***`,
    "its end": `…${secret.slice(-20)}`,
    "a piece of it": `…${secret.slice(Math.floor(secret.length / 2) - 12).slice(0, 24)}…`,
    "percent-encoded": encodeURIComponent(secret),
    "percent-encoded in small letters": encodeURIComponent(secret).replace(/%../g, (code) =>
      code.toLowerCase(),
    ),
    "in JSON": JSON.stringify({ token: secret }),
    "in JSON with its slashes escaped": JSON.stringify({ token: secret }).replaceAll("/", "\\/"),
    "in base64": bytes.toString("base64"),
    "in base64 for addresses": bytes.toString("base64url"),
    "in base64 behind a user's name": Buffer.from(`user:${secret}`).toString("base64"),
    "in base64 behind another user's name": Buffer.from(`an:${secret}`).toString("base64"),
    "in hexadecimal": bytes.toString("hex"),
    "in hexadecimal in capitals": bytes.toString("hex").toUpperCase(),
    "over several lines": secret.replace(/.{9}/g, "$&\n  "),
  };
  test.each(Object.entries(leaks))("secretsIn() finds a secret %s", (_, text) => {
    expect(secretsIn(text, new Map([["token", secret]]))).toEqual(["token"]);
  });

  test("secretsIn() finds nothing in a text that has another secret", () => {
    const other = madeUp("token", chance(2));
    expect(secretsIn(`${other} ${encodeURIComponent(other)}`, new Map([["token", secret]]))).toEqual([]);
  });

  const planted: Record<
    string,
    { readonly helper: string; readonly where: RegExp; readonly needs?: "strace" }
  > = {
    "a file in the home directory": {
      helper: "echo SECRET > $HOME/left",
      where: /home\/left holds the secret$/,
    },
    "a temporary file": { helper: "echo SECRET > $TMPDIR/left", where: /tmp\/left holds the secret$/ },
    "a file in the working directory": {
      helper: "echo SECRET > left",
      where: /work\/left holds the secret$/,
    },
    "a file's name": { helper: "touch left-SECRETLESS", where: /the name of .*left-/ },
    "the arguments of a program": {
      helper: "/bin/true SECRET",
      where: /^the arguments of program \d+ \(\/bin\/true\) holds/,
      needs: "strace",
    },
    "the environment of a program": {
      helper: "LEFT=SECRET /bin/true",
      where: /^the environment of program \d+ \(\/bin\/true\) holds/,
      needs: "strace",
    },
    stderr: { helper: "echo SECRET >&2; exit 1", where: /^stderr holds the secret$/ },
  };
  for (const [name, { helper, where, needs }] of Object.entries(planted)) {
    test.skipIf(process.platform === "win32" || (needs === "strace" && strace === undefined))(
      `searchRun() finds a secret that is planted in ${name}`,
      () =>
        withScene(async (scene) => {
          const left = madeUp("password", chance(3));
          const script = await scene.write("helper.sh", helper.replace(/SECRET(LESS)?/g, left));
          await scene.write("home/.aws/config", `[default]\ncredential_process = /bin/sh ${script}\n`);
          const watch = { secrets: () => new Map([["secret", left]]), answers: false, inherits: false };
          const { found } = await searchRun(scene, ["getcallerid"], {}, watch);
          expect(found.some((line) => where.test(line))).toBe(true);
        }, {}),
    );
  }
});
