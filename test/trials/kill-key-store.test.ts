/** Kills of runs that seal a stored sign-in with a real key store, or open it again: the sign-in is never lost. */
import { describe, expect, test } from "bun:test";
import type { Environment, Running } from "../end-to-end/support/run.ts";
import { type Scene, withScene } from "../end-to-end/support/scene.ts";
import { hasSecretService, withSecretService } from "../end-to-end/support/secret-service.ts";
import { role, startUrl, tokenFile } from "../end-to-end/support/sign-ins.ts";
import { type Home, isTemporary, makeHome } from "./kills/home.ts";
import { casesOf, chance, patienceOf, playCase, seedOf, tally } from "./trial.ts";

const trial = "kills: a sign-in between file and key store";
const rounds = 24;
/** Rounds in one scene, and one after the other in one home. */
const perScene = 12;

/** Needs the refresh token each time, which stays good. */
const renewing = [
  ...["dumpcreds", "--credential-helper", "--use-cache", "--refresh=on", "--start-url", startUrl],
  ...role,
];
const stores = ["keychain", "file"] as const;
type Store = (typeof stores)[number];

interface Place {
  readonly home: Home;
  readonly env: Environment;
  readonly refreshToken: string;
  /** Milliseconds that a move takes when it is not killed. */
  readonly usual: number;
}

const storeOf = (random: () => number): Store => (random() < 0.5 ? "keychain" : "file");

async function open(scene: Scene, env: Environment): Promise<Place> {
  const home = await makeHome(scene, "home-of-kills");
  const signedIn = scene.standIn.signIn();
  const { refreshToken } = signedIn;
  if (refreshToken === undefined) throw new Error("the sign-in has no refresh token");
  await scene.write("work/token.json", tokenFile(signedIn, 3600));
  const imported = await home.run(["importcache", "--accesstoken-cache", "token.json"], env);
  expect([imported.status, imported.stdout]).toEqual([0, ""]);
  const began = performance.now();
  for (const store of stores) expect(await moved(home, env, store)).toEqual([]);
  return { home, env, refreshToken, usual: (performance.now() - began) / 2 };
}

/** What is wrong with a run that is not killed, and with what it leaves, a line each. */
async function moved(home: Home, env: Environment, store: Store): Promise<string[]> {
  const { status, stdout, stderr } = await home.run(renewing, { ...env, AWS_LOGIN_STORE: store });
  const wrong =
    status === 0 && stderr === "" && stdout.includes("SessionToken") ? [] : [`${status}: ${stderr}`];
  const sealed = [...home.files()].filter(
    ([name, { text }]) => !isTemporary(name) && text.includes("sealed:1:"),
  );
  const isSealed = sealed.length > 0;
  if (isSealed !== (store === "keychain")) wrong.push(`${store}: ${sealed.length} files are sealed`);
  return wrong;
}

/**
 * Kills one to three runs at once, each of which moves the sign-in to one store or to the other; runs that are not killed then
 * use it from either.
 */
async function round({ home, env, refreshToken, usual }: Place, random: () => number): Promise<number> {
  const runs: Running[] = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    home.start(renewing, { ...env, AWS_LOGIN_STORE: storeOf(random) }),
  );
  const kill = async (running: Running, after: number) => {
    await Promise.race([Bun.sleep(after), running.ended]);
    running.kill("SIGKILL");
    await running.ended;
  };
  await Promise.all(runs.map((running) => kill(running, random() * usual * 1.3)));
  const next = storeOf(random);
  expect(await moved(home, env, next)).toEqual([]);
  const plain = [...home.files()].filter(([, { text }]) => text.includes(refreshToken)).map(([name]) => name);
  if (next === "keychain") expect(plain.filter((name) => !isTemporary(name))).toEqual([]);
  else expect(plain.length).toBeGreaterThan(0);
  const signals = await Promise.all(runs.map(({ endedBy }) => endedBy));
  return signals.filter((signal) => signal === "SIGKILL").length;
}

describe.skipIf(!hasSecretService)("kills (need gnome-keyring, dbus and libsecret)", () => {
  const numbers = casesOf(trial, "kills", rounds);
  for (let first = 0; first < numbers.length; first += perScene) {
    const chosen = numbers.slice(first, first + perScene);
    test(
      `a sign-in that moves between file and key store outlives every kill (${chosen[0]} to ${chosen.at(-1)})`,
      () =>
        withScene(
          (scene) =>
            withSecretService(scene, async (service) => {
              const place = await open(scene, service.env);
              let kills = 0;
              for (const number of chosen)
                kills += await playCase(trial, number, () => round(place, chance(seedOf(trial, number))));
              tally(trial, "kills survived", kills);
              expect(chosen.length < 5 || kills > 0).toBe(true);
            }),
          { signInSettings: { refreshTokens: "preserve" } },
        ),
      patienceOf("kills", 60_000),
    );
  }
});
