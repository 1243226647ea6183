/** Names as arguments of PowerShell. Pure. */
import { quotePowerShell } from "../lib/quoting.ts";

/**
 * A line `WORD \t NAME \t ABOUT` for each line `NAME \t ABOUT`: bare where PowerShell reads the word as it is. `lead` stands
 * before the name in the same word: `--profile=`. The names have no control character. The usual ones are rewritten all at
 * once.
 */
export function powershellLines(lead: string, lines: string): string {
  const quoted = (name: string) => `${quotePowerShell(lead + name) ?? lead + name}\t${name}`;
  return lines
    .replace(/^(?![A-Za-z_][\w./-]*\t)[^\t\n]+/gm, quoted)
    .replace(/^([A-Za-z_][\w./-]*)\t/gm, `${lead.replaceAll("$", "$$$$")}$1\t$1\t`);
}
