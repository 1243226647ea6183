/** A line on the terminal that says how far a long work is, and is gone when the work is done. */
import type { System } from "../../system/types.ts";

export interface ProgressLine {
  /** Shows the text, unless another was shown a moment ago. */
  show(text: string): void;
  /** Takes the line away, so that another may stand in its place. */
  clear(): void;
}

/** Faster than that nobody reads. */
const restMilliseconds = 100;
/** A line that the terminal wraps cannot be taken away. */
const longest = 79;

export function progressLine(system: Pick<System, "now" | "stderrText">): ProgressLine {
  let shown = "";
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    show: (text) => {
      const now = system.now();
      if (now - shownAt < restMilliseconds) return;
      const line = `aws-login: ${text}`.slice(0, longest);
      system.stderrText(`\r${line.padEnd(shown.length)}`);
      shown = line;
      shownAt = now;
    },
    clear: () => {
      if (shown !== "") system.stderrText(`\r${" ".repeat(shown.length)}\r`);
      shown = "";
    },
  };
}

/** For a stderr that is no terminal. */
export const noProgressLine: ProgressLine = { show: () => {}, clear: () => {} };
