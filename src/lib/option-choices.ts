/** The values of options that several folders act on. */

/** `--refresh`: `on` refreshes now and skips cached credentials; `off` never refreshes. */
export type RefreshMode = "auto" | "on" | "off";
/** `--sign-in`: `always` signs in although a token is valid; `never` starts no interactive sign-in. */
export type SignInMode = "auto" | "always" | "never";
/** `--outform`: the syntax that `dumpcreds` prints. */
export type Outform = "linux" | "mac" | "windows" | "powershell" | "fish" | "env" | "json";
/** How `list` prints for programs. */
export type ListFormat = "json" | "tsv";
