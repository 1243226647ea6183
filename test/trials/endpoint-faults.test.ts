/** `runas --auto-refresh` whose renewals meet with trouble of every kind. */
import { expect, test } from "bun:test";
import { worldWithShortRoles } from "../end-to-end/support/endpoints.ts";
import { type Scene, withScene } from "../end-to-end/support/scene.ts";
import { config, sessionToken, tokenFile } from "../end-to-end/support/sign-ins.ts";
import { ask } from "./faults/asked.ts";
import { type EndpointWatch, watchEndpoint } from "./faults/endpoint-watch.ts";
import { TROUBLES } from "./faults/injected.ts";
import { casesOf, chance, patienceOf, repeatable, seedOf, tally, trialSeed } from "./trial.ts";

/** Endpoints at the same time, and how much all of them together go through. */
const endpoints = 12;
const rounds = 24;
/** Seconds that a set lives. Its renewal begins at two thirds. */
const life = 4;
/** Milliseconds in which an endpoint must serve a new set once the trouble is over: its longest pause here, and more. */
const patience = 40_000;

const trial = "faults in the renewals of an endpoint";

type Draw = () => number;

interface Trouble {
  readonly name: string;
  /** Resolves when the endpoint can have new credentials again, or could but for what a fault still strikes. */
  befall(scene: Scene): Promise<void>;
  /** It strikes requests, which the stand-in counts. */
  readonly strikes: boolean;
}

function pick<T>(list: readonly T[], draw: Draw): T {
  const found = list[Math.floor(draw() * list.length)];
  if (found === undefined) throw new Error("there is nothing to pick");
  return found;
}

/** A renewal makes both requests, because the token has ended as well. */
const points = [ask.ssoRole, ask.refresh];

function requestTrouble(draw: Draw): Trouble {
  const asked = pick(points, draw);
  const [name, trouble] = pick(Object.entries(TROUBLES), draw);
  const late = pick([0, 0, 0, 700, 2_500, 5_000], draw);
  // A set that has ended when it arrives, with a Date of before its end, is what a clock that is ahead looks like.
  const delay = trouble.nature.kind === "misdated" ? 0 : late;
  const times = delay > 2_500 ? 1 : 1 + Math.floor(draw() * 3);
  return {
    name: `${name}, ${times} times, ${delay} ms late, for the ${asked.kind}`,
    strikes: true,
    befall: async ({ standIn }) =>
      standIn.fault({ delay, ...trouble.fault(asked.kind), match: asked.match, times }),
  };
}

/** Until the person signs in again. */
function endedSignIn(draw: Draw): Trouble {
  const milliseconds = draw() * 4_000;
  return {
    name: `the sign-in has ended for ${milliseconds.toFixed(0)} ms`,
    strikes: false,
    befall: async (scene) => {
      scene.standIn.endSignIns();
      await Bun.sleep(milliseconds);
      await signIn(scene);
    },
  };
}

async function signIn(scene: Scene): Promise<void> {
  await scene.write(sessionToken, tokenFile(scene.standIn.signIn(), life));
}

/** What was wrong until the endpoint served a new set after the trouble, a line each. */
async function playRound(scene: Scene, watch: EndpointWatch, trouble: Trouble): Promise<string[]> {
  const { standIn } = scene;
  standIn.reset();
  await trouble.befall(scene);
  const before = watch.issued.length;
  const isStruck = () => !trouble.strikes || standIn.requests.some(({ fault }) => fault !== undefined);
  const isOver = () => {
    const served = watch.served();
    return isStruck() && served !== undefined && watch.issued.indexOf(served) >= before;
  };
  const began = performance.now();
  while (!isOver() && performance.now() - began < patience) await Bun.sleep(20);
  const problems = [...watch.problems(), ...(isOver() ? [] : ["it does not serve a new set"])];
  return problems.map((problem) => `${trouble.name}: ${problem}`);
}

test.skipIf(process.platform === "win32")(
  `whatever befalls its renewals, an endpoint serves valid credentials or says why not, and goes on (seed ${trialSeed})`,
  async () => {
    const numbers = casesOf(trial, "faults", rounds);
    let errors = 0;
    const wrong: string[] = [];
    const endpoint = (number: number) =>
      withScene(
        async (scene) => {
          await scene.write("home/.aws/config", config);
          await signIn(scene);
          const watch = await watchEndpoint(scene, "s");
          try {
            for (const round of numbers.filter((_, index) => index % endpoints === number)) {
              const draw = chance(seedOf(trial, round));
              const trouble = draw() < 0.15 ? endedSignIn(draw) : requestTrouble(draw);
              const problems = await playRound(scene, watch, trouble);
              wrong.push(...problems.map((problem) => repeatable(trial, round, problem)));
            }
            errors += watch.errors();
          } finally {
            await watch.end();
          }
        },
        {
          world: worldWithShortRoles(life),
          signInSettings: { accessTokenLife: life, refreshTokens: "preserve" },
        },
      );
    await Promise.all(Array.from({ length: endpoints }, (_, number) => endpoint(number)));
    expect(wrong).toEqual([]);
    // Some troubles outlast the old set.
    if (numbers.length > 1) expect(errors).toBeGreaterThan(0);
    tally(trial, "faults injected", numbers.length);
  },
  patienceOf("faults", 240_000),
);
