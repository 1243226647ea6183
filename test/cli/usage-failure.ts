import { expect, test } from "bun:test";
import { parse } from "../../src/cli/parse.ts";
import { Failure } from "../../src/lib/errors.ts";
import { words } from "./words.ts";

/** The Failure that parsing ends in; throws when parsing succeeds. */
export function usageFailure(argv: readonly string[]): Failure {
  try {
    parse(argv);
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
  throw new Error(`accepted: ${argv.join(" ")}`);
}

/** A line; what its error begins with; what its hint says. */
export type Refusal = readonly [line: string, message: string, hint: string];

/** A test for each line, by what is wrong with it. */
export function testRefusals(refusals: Readonly<Record<string, Refusal>>): void {
  for (const [sentence, [line, message, hint]] of Object.entries(refusals)) {
    test(sentence, () => {
      const failure = usageFailure(words(line));
      expect(failure.kind).toBe("usage");
      expect(failure.message).toStartWith(message);
      expect(failure.hints).toHaveLength(1);
      expect(failure.hints[0]).toContain(hint);
    });
  }
}
