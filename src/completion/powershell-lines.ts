/** Names as arguments of PowerShell. Pure. */
import { quotePowerShell } from "../lib/quoting.ts";

/**
 * A line `WORD \t NAME \t ABOUT` for each line `NAME \t ABOUT`: bare where PowerShell reads the name as it is. The names
 * have no control character. The usual ones are rewritten all at once.
 */
export function powershellLines(lines: string): string {
  return lines
    .replace(/^(?![A-Za-z_][\w./-]*\t)[^\t\n]+/gm, (name) => `${quotePowerShell(name) ?? name}\t${name}`)
    .replace(/^([A-Za-z_][\w./-]*)\t/gm, "$1\t$1\t");
}
