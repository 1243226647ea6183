import type { Outform } from "./option-choices.ts";

/** The form for a shell where `--outform` is not given. */
export function defaultOutform(platform: NodeJS.Platform): Outform {
  return platform === "win32" ? "powershell" : "linux";
}
