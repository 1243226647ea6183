/** A line on the terminal that shows the progress of a long task, and is removed at its end. */
import type { System } from "../system/types.ts";

export interface ProgressLine {
  /** Shows the text, unless another was shown a moment ago. */
  show(text: string): void;
  /** Removes the line, so that other text can take its place. */
  clear(): void;
}

/** A reader cannot follow faster changes. */
const restMilliseconds = 100;
/** A line that the terminal wraps cannot be removed. */
const longest = 79;

export function progressLine(system: Pick<System, "now" | "stderrText">): ProgressLine {
  let shown: string | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  return {
    show: (text) => {
      const now = system.now();
      if (now - shownAt < restMilliseconds) return;
      const line = `aws-login: ${text}`.slice(0, longest);
      system.stderrText(`\r${line.padEnd(shown?.length ?? 0)}`);
      shown = line;
      shownAt = now;
    },
    clear: () => {
      if (shown !== undefined) system.stderrText(`\r${" ".repeat(shown.length)}\r`);
      shown = undefined;
    },
  };
}

/** For a stderr that is not a terminal. */
export const noProgressLine: ProgressLine = { show: () => {}, clear: () => {} };
