import type { Shell } from "./command-names.ts";
import { bashCompletion } from "./completion-bash.ts";
import { fishCompletion } from "./completion-fish.ts";
import { powershellCompletion } from "./completion-powershell.ts";
import { zshCompletion } from "./completion-zsh.ts";

/** The script that completes commands and options of aws-login in `shell`, made from the table of options alone. */
export function completionScript(shell: Shell): string {
  switch (shell) {
    case "bash":
      return bashCompletion();
    case "zsh":
      return zshCompletion();
    case "fish":
      return fishCompletion();
    case "powershell":
      return powershellCompletion();
  }
}
