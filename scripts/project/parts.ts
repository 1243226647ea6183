/**
 * Which file of the executable has which module. A start pays for each file that it loads (50 to 60 us) and for each that
 * the executable has (0.7 us), and for each name that one file takes from another (0.7 us), so that modules which run together
 * stand in one file. docs/start-up.md has the figures.
 */

/**
 * Each is in one file with all that it imports, even where others have that as well: it loads no other file, and hands on
 * nothing but its own exports. Each but the first is loaded by `import()`.
 */
export const wholeFiles = ["src/main.ts", "src/keys-path.ts", "src/complete.ts"] as const;

/** The rest has each module once. This one has all that it imports. */
export const program = "src/program.ts";

/** The other files, each with the beginnings of the paths of its modules. The first file that fits has the module. */
export const parts: Readonly<Record<string, readonly string[]>> = {
  report: ["src/cli/report", "src/cli/colour"],
  texts: ["src/cli/"],
  endpoint: [
    "src/endpoint/",
    "src/commands/serve/",
    "src/commands/runas/auto-refresh",
    ...system(
      "processes/background-copy",
      "processes/endpoint-process",
      "processes/inheritable-pipe",
      "processes/process-mark",
      "servers/request-server",
    ),
  ],
  runas: [
    "src/commands/runas/",
    ...system("processes/exec-raw", "processes/heeded-signals", "processes/run-program.ts"),
  ],
  windows: system("processes/run-program-windows", "processes/exit-statuses-windows"),
  console: ["src/commands/console/", "src/aws/console/", "src/lib/chromium-browsers"],
  "console-login": [
    "src/commands/login/",
    "src/commands/end-login-session",
    "src/aws/signin/",
    ...sources("login-session.ts", "login-session-error", "login-session-file"),
  ],
  dumpconfig: [
    "src/commands/dumpconfig/",
    "src/config/config-section",
    "src/config/merge-profiles",
    "src/config/portal-profiles",
    "src/config/section-change",
    "src/config/source-conflict",
    "src/lib/unified-diff",
  ],
  status: ["src/commands/status/"],
  list: ["src/commands/list/"],
  logout: ["src/commands/logout", "src/sso/logout"],
  importcache: ["src/commands/importcache", "src/sso/import-token"],
  targets: ["src/targets/", ...system("terminal/screen", "terminal/single-keys", "terminal/terminal-paste")],
  sso: ["src/sso/", "src/aws/sso/", "src/commands/portal-command", ...sources("sso")],
  metadata: [
    "src/aws/imds/",
    "src/aws/container/container-c",
    "src/aws/container/container-d",
    ...sources("imds"),
  ],
  rolesanywhere: ["src/aws/rolesanywhere/", "src/lib/der", ...sources("rolesanywhere")],
  cache: ["src/credentials/cache/"],
  plan: [
    "src/credentials/",
    "src/aws/http/early-connections",
    "src/config/metadata",
    "src/config/known",
    "src/aws/container/",
  ],
  browser: system(
    "browser/browser",
    "servers/callback-server",
    "servers/connection-owner",
    "servers/loopback-server",
  ),
  terminal: system("clipboard", "stdin", "terminal/terminal", "terminal/typed-line"),
  processes: system(
    "processes/bounded-stream",
    "c-library",
    "processes/inherited-environment",
    "processes/interrupt",
    "processes/open-files-limit",
    "processes/process-tree",
    "processes/program-path",
    "processes/raw-words",
    "processes/run-helper",
  ),
  files: system(""),
  common: [""],
};

function system(...names: readonly string[]): readonly string[] {
  return names.map((name) => `src/system/${name}`);
}

function sources(...names: readonly string[]): readonly string[] {
  return names.map((name) => `src/credentials/sources/${name}`);
}

/** The name of the file that has the module, which neither `program` nor one of `wholeFiles` imports. */
export function partOf(path: string): string {
  for (const [part, beginnings] of Object.entries(parts))
    if (beginnings.some((beginning) => path.startsWith(beginning))) return part;
  throw new Error(`no file of the executable has ${path}`);
}
