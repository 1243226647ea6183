/** A name as one argument of PowerShell. Pure. */
import { quotePowerShell } from "../lib/quoting.ts";

/** Bare where PowerShell reads it as it is. The name has no control character. */
export function powershellWord(name: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(name) ? name : (quotePowerShell(name) ?? name);
}
