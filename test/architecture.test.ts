import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { findCycle, type Import, readSources, root, staticClosure } from "./support/source-tree.ts";

const sources = await readSources("src");

/** `any` of: import, `import()`, `import type`. */
type Way = "any" | "import() only" | "types only";

/**
 * What each part of the program may import, besides itself, `lib/` and the interface of the outside world in
 * `system/types.ts`.
 */
const MAY_IMPORT: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  main: {
    "fast-path": "any",
    cli: "any",
    system: "any",
    complete: "import() only",
    "keys-path": "import() only",
  },
  complete: { completion: "any", system: "any", program: "import() only" },
  "keys-path": {
    commands: "any",
    cli: "any",
    system: "any",
    program: "import() only",
  },
  program: { dispatch: "any", system: "any", cli: "import() only" },
  "fast-path": { credentials: "any", cli: "any" },
  dispatch: {
    cli: "any",
    commands: "any",
    endpoint: "import() only",
    targets: "import() only",
  },
  commands: {
    endpoint: "any",
    credentials: "any",
    settings: "any",
    sso: "any",
    aws: "any",
    config: "any",
    format: "any",
    targets: "any",
    cli: "types only",
  },
  targets: { settings: "any", sso: "any", aws: "any", config: "any", cli: "types only" },
  completion: { sso: "any", config: "any", cli: "any" },
  endpoint: { credentials: "any", config: "any" },
  credentials: { settings: "any", sso: "any", aws: "any", config: "any" },
  sso: { settings: "any", aws: "any", config: "any" },
  settings: { aws: "any", config: "any" },
  aws: {},
  config: {},
  format: {},
  cli: {},
  system: {},
  lib: {},
};

/** What every part may import. */
const COMMON = /^src\/system\/(endpoint-)?types\.ts$/;

/** What is loaded at every start, whatever the command: each file costs time, so adding one is a decision. */
const LOADED_AT_START = [
  "package.json",
  "src/cli/helper-options.ts",
  "src/cli/overview.ts",
  "src/credentials/cache/entry-form.ts",
  "src/credentials/cache/key-parts.ts",
  "src/credentials/cache/lifetime.ts",
  "src/fast-path.ts",
  "src/lib/file-facts.ts",
  "src/lib/version.ts",
  "src/main.ts",
  "src/system/output.ts",
];

/** What the keys of a profile load besides, and every start that is not answered by what is above. */
const LOADED_FOR_KEYS = [
  "src/cli/plain-profile.ts",
  "src/commands/plain-keys.ts",
  "src/config/ini-properties.ts",
  "src/config/ini.ts",
  "src/config/load.ts",
  "src/config/merge-section.ts",
  "src/config/paths.ts",
  "src/config/profiles.ts",
  "src/config/region.ts",
  "src/config/section-finder.ts",
  "src/config/section-name.ts",
  "src/config/section.ts",
  "src/config/setting.ts",
  "src/format/credentials.ts",
  "src/format/shell-syntax.ts",
  "src/keys-path.ts",
  "src/lib/credential-process-json.ts",
  "src/lib/digest.ts",
  "src/lib/errors.ts",
  "src/lib/iso-time.ts",
  "src/lib/json-text.ts",
  "src/lib/printable.ts",
  "src/lib/quoting.ts",
  "src/lib/region.ts",
  "src/lib/shell-words.ts",
  "src/system/files/read-file.ts",
  "src/system/start-system.ts",
];

/**
 * What every other start loads besides: all but a cached answer, and `version` and `help` by themselves. All that
 * `getcallerid` runs is among it, which each command that asks AWS runs as well: as one file of the executable it loads
 * in less time than as ten.
 */
const LOADED_FOR_THE_REST = [
  "src/aws/endpoints/arn.ts",
  "src/aws/endpoints/custom-endpoint.ts",
  "src/aws/endpoints/partitions.ts",
  "src/aws/endpoints/region.ts",
  "src/aws/endpoints/resolve-endpoint.ts",
  "src/aws/http/bounded-text.ts",
  "src/aws/http/clock-skew.ts",
  "src/aws/http/connection-timeout.ts",
  "src/aws/http/http-client.ts",
  "src/aws/http/ip-block.ts",
  "src/aws/http/no-proxy.ts",
  "src/aws/http/proxy.ts",
  "src/aws/http/retry.ts",
  "src/aws/http/retryable-response.ts",
  "src/aws/http/send-request.ts",
  "src/aws/sigv4/canonical-request.ts",
  "src/aws/sigv4/sigv4.ts",
  "src/aws/sigv4/uri-encode.ts",
  "src/aws/sts/sts-call.ts",
  "src/aws/sts/sts-session.ts",
  "src/aws/sts/sts.ts",
  "src/aws/sts/xml-text.ts",
  "src/aws/sts/xml.ts",
  "src/cli/command-names.ts",
  "src/cli/exclusive-options.ts",
  "src/cli/foreign-command.ts",
  "src/cli/operand-problem.ts",
  "src/cli/option-conflicts.ts",
  "src/cli/option-requirements.ts",
  "src/cli/option-values.ts",
  "src/cli/options.ts",
  "src/cli/parse.ts",
  "src/cli/read-option.ts",
  "src/cli/unexpected-word.ts",
  "src/cli/usage-error.ts",
  "src/commands/cached-answer.ts",
  "src/commands/dumpcreds.ts",
  "src/commands/getcallerid.ts",
  "src/config/endpoint-settings.ts",
  "src/config/http-settings.ts",
  "src/config/profile-choice.ts",
  "src/credentials/cache/entry.ts",
  "src/credentials/cache/key.ts",
  "src/credentials/cache/read.ts",
  "src/credentials/caller-identity.ts",
  "src/credentials/carry-out.ts",
  "src/credentials/credential-source.ts",
  "src/credentials/inputs.ts",
  "src/credentials/kinds.ts",
  "src/credentials/options-without-effect.ts",
  "src/credentials/plan.ts",
  "src/credentials/resolve.ts",
  "src/credentials/role-chain/session-name.ts",
  "src/credentials/role-chain/steps.ts",
  "src/credentials/sources/environment.ts",
  "src/credentials/sources/retrieve.ts",
  "src/credentials/sources/static.ts",
  "src/dispatch.ts",
  "src/format/caller-identity.ts",
  "src/lib/default-outform.ts",
  "src/lib/endpoint-word.ts",
  "src/lib/optional.ts",
  "src/lib/suggest.ts",
  "src/program.ts",
  "src/settings/endpoints.ts",
  "src/settings/http-client.ts",
  "src/system/bun.ts",
  "src/system/processes/interruptible.ts",
  "src/system/processes/variable-names.ts",
];

/** What a completion loads besides: it answers between two keys of a person. */
const LOADED_FOR_COMPLETION = [
  "src/cli/command-names.ts",
  "src/cli/name-options.ts",
  "src/cli/options.ts",
  "src/complete.ts",
  "src/completion/asked-for.ts",
  "src/completion/bash-line.ts",
  "src/completion/completion.ts",
  "src/completion/names-in-config.ts",
  "src/completion/names-in-listing.ts",
  "src/completion/powershell-lines.ts",
  "src/completion/read-names.ts",
  "src/config/ini.ts",
  "src/config/paths.ts",
  "src/config/section-name.ts",
  "src/lib/code-point-order.ts",
  "src/lib/digest.ts",
  "src/lib/errors.ts",
  "src/lib/name-lines.ts",
  "src/lib/printable.ts",
  "src/lib/quoting.ts",
  "src/lib/shell-words.ts",
  "src/lib/typable.ts",
  "src/lib/visible.ts",
  "src/sso/listing-file.ts",
  "src/sso/listing-names.ts",
  "src/sso/listing-path.ts",
  "src/system/files/read-file.ts",
  "src/system/files/read-now.ts",
  "src/system/start-system.ts",
];

/** The part of the program that a file belongs to: its folder in src, or its own name. */
function layerOf(path: string): string {
  return (
    path
      .replace(/^src\//, "")
      .replace(/\.ts$/, "")
      .split("/")[0] ?? path
  );
}

function isAllowed(from: string, { kind, target }: Import): boolean {
  if (/^(node|bun):/.test(target)) return kind !== "static" || from === "system";
  if (target === "package.json") return from === "lib";
  const to = layerOf(target);
  if (to === from || to === "lib" || COMMON.test(target)) return true;
  const way = MAY_IMPORT[from]?.[to];
  return (
    way === "any" ||
    (way === "import() only" && kind === "dynamic") ||
    (way === "types only" && kind === "type")
  );
}

describe("imports", () => {
  test("every import goes down, along the lines drawn here, and no built-in module loads at start", () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter((found) => !isAllowed(layerOf(path), found))
        .map(({ kind, target }) => `${path} -> ${target} (${kind})`),
    );
    expect(wrong).toEqual([]);
  });

  test("no file reaches itself again", () => {
    expect(findCycle(sources)).toBeUndefined();
  });

  test("every start loads exactly the files listed here", () => {
    expect(staticClosure(sources, "src/main.ts")).toEqual(LOADED_AT_START.toSorted());
  });

  test("the keys of a profile also load exactly the files listed here", () => {
    const besides = staticClosure(sources, "src/keys-path.ts").filter(
      (path) => !LOADED_AT_START.includes(path),
    );
    expect(besides).toEqual(LOADED_FOR_KEYS.toSorted());
  });

  test("every other start also loads exactly the files listed here", () => {
    const besides = staticClosure(sources, "src/program.ts").filter(
      (path) => !LOADED_AT_START.includes(path) && !LOADED_FOR_KEYS.includes(path),
    );
    expect(besides).toEqual(LOADED_FOR_THE_REST.toSorted());
  });

  test("a completion loads neither the parser nor what asks AWS", () => {
    const besides = staticClosure(sources, "src/complete.ts").filter(
      (path) => !LOADED_AT_START.includes(path),
    );
    expect(besides).toEqual(LOADED_FOR_COMPLETION.toSorted());
  });

  test("nothing of what every start loads awaits anything, or makes a second file of the executable necessary", () => {
    const loaded = sources.filter(({ path }) => LOADED_AT_START.includes(path));
    const waiting = loaded.filter(({ code }) => /\b(async|await)\b/.test(code));
    expect(waiting.map(({ path }) => path)).toEqual([]);
    const loading = loaded.filter(({ code }) => /\bimport\(/.test(code));
    expect(loading.map(({ path }) => path)).toEqual(["src/main.ts"]);
  });

  test("there are no barrels: no file hands on all of another", () => {
    expect(filesWith(/^export \*/m)).toEqual([]);
  });
});

/** The source files whose code, comments aside, matches. */
function filesWith(pattern: RegExp, except: readonly string[] = []): string[] {
  return sources
    .filter(({ path, code }) => !except.includes(layerOf(path)) && pattern.test(code))
    .map(({ path }) => path);
}

describe("the outside world", () => {
  const outside = ["system"];

  test("only the entry, the ways out of it and the system folder know the process", () => {
    expect(
      filesWith(/(?<![.\w"/])process[.[]/, ["main", "keys-path", "program", "complete", ...outside]),
    ).toEqual([]);
  });

  test("only the entry and the system folder touch streams, files, timers and the network", () => {
    expect(filesWith(/(?<![.\w"'`/])console\.\w+\(/, outside)).toEqual([]);
    expect(filesWith(/\bBun\.(?!CryptoHasher\b|hash\b|stringWidth\b)/, ["main", ...outside])).toEqual([]);
    expect(filesWith(/(?<![.\w])(fetch|setTimeout|setInterval)\(/, outside)).toEqual([]);
  });

  test("time and chance are arguments", () => {
    expect(filesWith(/\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b/, outside)).toEqual([]);
  });
});

describe("the code", () => {
  test("the only class is Failure", () => {
    expect(filesWith(/^\s*(export )?(abstract )?class\b/m)).toEqual(["src/lib/errors.ts"]);
  });

  test("no file is longer than 260 lines, tests aside", async () => {
    const all = [...sources, ...(await readSources("test")), ...(await readSources("scripts"))];
    const long = all
      .filter(({ path, text }) => !path.endsWith(".test.ts") && text.split("\n").length > 261)
      .map(({ path }) => path);
    expect(long).toEqual([]);
  });

  test("every file with code has a test file of its name", async () => {
    const tests = new Set((await readSources("test")).map(({ path }) => path));
    const untested = sources
      .filter(({ code, path }) => code !== "" && !TESTED_ELSEWHERE.includes(path))
      .map(({ path }) => path.replace(/^src/, "test").replace(/\.ts$/, ".test.ts"))
      .filter((path) => !tests.has(path));
    expect(untested).toEqual([]);
  });

  test("no file has a TODO or refers to a text that a reader does not have", async () => {
    const self = "test/architecture.test.ts";
    const all = [...sources, ...(await readSources("test")), ...(await readSources("scripts"))];
    const words =
      /\bTODO\b|FIXME|not implemented|\.\.\/shared|"\/work\/|fact sheet|\b(spec|style|bun|aws-protocols)\.md\b/i;
    const found = all.filter(({ path, text }) => path !== self && words.test(text)).map(({ path }) => path);
    expect(found).toEqual([]);
  });
});

test("the program depends on no package", async () => {
  const manifest = await Bun.file(join(root, "package.json")).json();
  expect(Object.keys(manifest).filter((name) => /dependencies/i.test(name))).toEqual(["devDependencies"]);
});

/** The end-to-end tests run these, which only join the parts. The last ones are data. */
const TESTED_ELSEWHERE = [
  "src/main.ts",
  "src/keys-path.ts",
  "src/dispatch.ts",
  "src/complete.ts",
  "src/program.ts",
  "src/system/bun.ts",
  "src/system/start-system.ts",
  "src/lib/version.ts",
  "src/lib/file-facts.ts",
  "src/system/output.ts",
  "src/credentials/cache/entry-form.ts",
  "src/credentials/cache/key-parts.ts",
];
