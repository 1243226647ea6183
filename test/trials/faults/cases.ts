/** Every trouble for every request of every course, and the part of them that a run tries. */
import { casesOf, chance, seedOf } from "../trial.ts";
import type { Asked } from "./asked.ts";
import { expectation } from "./expectation.ts";
import { TROUBLES, TROUBLES_OF_KEPT_CONNECTIONS, type Trouble } from "./injected.ts";
import type { Scenario } from "./scenario.ts";
import { keyScenarios } from "./scenarios-keys.ts";
import { signInScenarios } from "./scenarios-sign-in.ts";
import type { Expectation, Strike } from "./strike.ts";

export const SCENARIOS: readonly Scenario[] = [...keyScenarios, ...signInScenarios];

/** The name of the trial. */
export const requestTrial = "faults in requests";

export interface Case {
  readonly name: string;
  readonly scenario: Scenario;
  readonly asked: Asked;
  readonly trouble: Trouble;
  /** Names the trouble. */
  readonly sentence: string;
  readonly forEver: boolean;
  readonly attempts: number;
  readonly expected: Expectation;
  /** The command is run again when the trouble is over. */
  readonly again: boolean;
}

/** How many cases `bun run check` tries. */
const usual = 350;

/** In an order that only chance knows, so that any first part of them is a fair one; `lap` (from 0) has chance of its own. */
export function allCases(lap = 0): Case[] {
  const random = chance(seedOf(`${requestTrial}, lap`, lap));
  const cases: Case[] = [];
  for (const scenario of SCENARIOS) {
    for (const asked of scenario.asks) {
      for (const [sentence, trouble] of Object.entries({ ...TROUBLES, ...TROUBLES_OF_KEPT_CONNECTIONS })) {
        for (const forEver of [false, true]) {
          const made = caseOf(scenario, asked, sentence, trouble, forEver, random);
          if (made !== undefined) cases.push(made);
        }
      }
    }
  }
  return cases
    .map((made) => ({ made, rank: random() }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ made }) => made);
}

export interface NumberedCase {
  readonly number: number;
  readonly made: Case;
}

/** As many as are to be tried: every request and every trouble, passing and lasting, are among them. */
export function chosenCases(): NumberedCase[] {
  const first = inOrder(allCases());
  const laps = new Map([[0, first.cases]]);
  return casesOf(requestTrial, "faults", Math.max(first.needed, usual)).flatMap((number) => {
    const lap = Math.floor((number - 1) / first.cases.length);
    const cases = laps.get(lap) ?? allCases(lap);
    laps.set(lap, cases);
    const made = cases[(number - 1) % first.cases.length];
    return made === undefined ? [] : [{ number, made }];
  });
}

/** Those in front that have a request or a trouble which none before them has. */
function inOrder(cases: readonly Case[]): { readonly cases: readonly Case[]; readonly needed: number } {
  const seen = new Set<string>();
  const isNew = (made: Case): boolean => {
    const facets = facetsOf(made);
    const found = facets.some((facet) => !seen.has(facet));
    for (const facet of facets) seen.add(facet);
    return found;
  };
  const needed = new Set(cases.filter(isNew));
  return { cases: [...needed, ...cases.filter((made) => !needed.has(made))], needed: needed.size };
}

/** What a run tries at least once each: a request of a course, a trouble, and a nature of trouble for a kind of request. */
export function facetsOf({ scenario, asked, sentence, trouble, forEver }: Case): string[] {
  return [
    `${scenario.name}: ${scenario.asks.indexOf(asked)}, ${forEver}`,
    `${sentence}, ${forEver}`,
    `${asked.kind}: ${trouble.nature.kind}`,
  ];
}

function caseOf(
  scenario: Scenario,
  asked: Asked,
  sentence: string,
  trouble: Trouble,
  forEver: boolean,
  random: () => number,
): Case | undefined {
  const attempts = attemptsOf(asked, forEver, random());
  const again = random() < 0.4;
  const expected = expectation({
    nature: trouble.nature,
    request: asked.kind,
    forEver,
    attempts,
    token: scenario.token,
    spare: scenario.spare ?? false,
    ...neighbours(scenario, asked),
  });
  if (expected === undefined) return undefined;
  const which = `request ${scenario.asks.indexOf(asked) + 1} of ${scenario.asks.length} (${asked.kind})`;
  const name = `${scenario.name}: ${sentence} for ${which}, ${forEver ? "for ever" : "once"}, ${attempts} attempts`;
  return { name, scenario, asked, trouble, sentence, forEver, attempts, expected, again };
}

function neighbours({ asks }: Scenario, asked: Asked): Pick<Strike, "signedNext" | "hasBefore" | "next"> {
  const at = asks.indexOf(asked);
  const next = asks[at + 1];
  const isSameService = (other: Asked) => other.match.service === asked.match.service;
  return {
    signedNext: next?.kind === "sts",
    hasBefore: asks.slice(0, at).some(isSameService),
    next: next !== undefined && isSameService(next) ? next.kind : undefined,
  };
}

/** Mostly the default, but fewer where each attempt is waited for. */
function attemptsOf({ kind }: Asked, forEver: boolean, random: number): number {
  if (!forEver) return random < 0.15 ? 1 : 3;
  if (kind === "device poll") return 1;
  return random < 0.2 ? 1 : random < 0.75 ? 2 : 3;
}
