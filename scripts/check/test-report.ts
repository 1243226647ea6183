/** What came of the tests, read from the runner's own report (JUnit XML, as `bun test` writes it). */

export interface Report {
  readonly passed: number;
  /** "file: group > name" of each. */
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
}

/** What the runner calls a hook, which it reports where it failed or its group was skipped. */
const HOOK = "(unnamed)";

/**
 * `files` are the test files there are, with `/` and relative to the project. The runner leaves out of its
 * report a file that does not load, so each one that is missing there counts as a failure.
 */
export function readReport(xml: string, files: readonly string[]): Report {
  let passed = 0;
  const failed: string[] = [];
  const skipped: string[] = [];
  const seen = new Set<string>();
  for (const [, attributes = "", children = ""] of xml.matchAll(
    /<testcase ([^>]*?)(?:\/>|>(.*?)<\/testcase>)/gs,
  )) {
    const file = attribute(attributes, "file").replaceAll("\\", "/");
    seen.add(file);
    const ownName = attribute(attributes, "name");
    const name = `${file}: ${groups(attribute(attributes, "classname"))}${ownName}`;
    if (children.includes("<skipped")) {
      if (ownName !== HOOK) skipped.push(name);
    } else if (children.includes("<failure") || children.includes("<error")) failed.push(name);
    else passed++;
  }
  for (const file of files) if (!seen.has(file)) failed.push(`${file}: did not run`);
  return { passed, failed, skipped };
}

/** "31 passed, 0 failed", with ", 2 skipped" when any were. */
export function summary(report: Report): string {
  const skipped = report.skipped.length === 0 ? "" : `, ${report.skipped.length} skipped`;
  return `${report.passed} passed, ${report.failed.length} failed${skipped}`;
}

/** The runner names the innermost group first. */
function groups(classname: string): string {
  return classname === "" ? "" : `${classname.split(" > ").reverse().join(" > ")} > `;
}

function attribute(attributes: string, name: string): string {
  const value = attributes.match(new RegExp(`(?:^| )${name}="([^"]*)"`))?.[1] ?? "";
  return value.replace(
    /&(?:(lt|gt|quot|apos|amp)|#(\d+));/g,
    (_, entity: string | undefined, code: string) =>
      entity === undefined ? String.fromCodePoint(Number(code)) : (ENTITIES[entity] ?? ""),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
