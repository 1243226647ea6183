import { describe, expect, test } from "bun:test";
import { readReport, summary } from "../../../scripts/check/test-report.ts";

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bun test" tests="5" assertions="2" failures="1" skipped="2" time="0.01">
  <testsuite name="test/a.test.ts" file="test/a.test.ts" tests="5" failures="1" skipped="2" time="0.005">
    <testcase name="a &lt; b &amp; &quot;c&quot; &#233;" classname="" time="0" file="test/a.test.ts" line="2" assertions="1" />
    <testcase name="needs zsh" classname="" time="0" file="test/a.test.ts" line="3" assertions="0">
      <skipped />
    </testcase>
    <testcase name="later" classname="" time="0" file="test/a.test.ts" line="5" assertions="0">
      <skipped />
    </testcase>
    <testsuite name="outer" file="test/a.test.ts" line="6" tests="2" failures="1" skipped="0" time="0">
      <testcase name="two" classname="inner &gt; outer" time="0" file="test/a.test.ts" line="6" assertions="1">
        <failure type="AssertionError" message="no">AssertionError: no</failure>
      </testcase>
      <testcase name="three" classname="inner &gt; outer" time="0" file="test/a.test.ts" line="9" assertions="1" />
    </testsuite>
  </testsuite>
</testsuites>`;

describe("readReport()", () => {
  test("readReport() counts what passed and names the rest with file and groups, the outermost first", () => {
    expect(readReport(XML, ["test/a.test.ts"])).toEqual({
      passed: 2,
      failed: ["test/a.test.ts: outer > inner > two"],
      skipped: ["test/a.test.ts: needs zsh", "test/a.test.ts: later"],
    });
  });

  test("readReport() decodes names", () => {
    const [name] = readReport(XML.replace("/>", "><skipped /></testcase>"), ["test/a.test.ts"]).skipped;
    expect(name).toBe('test/a.test.ts: a < b & "c" é');
  });

  const HOOK = `<testcase name="(unnamed)" classname="" time="0" file="test/a.test.ts" assertions="0">`;

  test("readReport() leaves out a hook of a group that is skipped", () => {
    const skipped = `${HOOK}<skipped /></testcase></testsuites>`;
    expect(readReport(XML.replace("</testsuites>", skipped), ["test/a.test.ts"])).toEqual(
      readReport(XML, ["test/a.test.ts"]),
    );
  });

  test("readReport() counts a hook that failed", () => {
    const failed = `${HOOK}<failure type="Error" message="no">Error: no</failure></testcase></testsuites>`;
    expect(readReport(XML.replace("</testsuites>", failed), ["test/a.test.ts"]).failed).toContain(
      "test/a.test.ts: (unnamed)",
    );
  });

  test("readReport() counts a file that is not in the report as failed", () => {
    const { failed } = readReport(XML, ["test/a.test.ts", "test/b.test.ts"]);
    expect(failed).toContain("test/b.test.ts: did not run");
  });

  test("readReport() takes an empty report for a run that did not get anywhere", () => {
    expect(readReport("", ["test/a.test.ts"])).toEqual({
      passed: 0,
      failed: ["test/a.test.ts: did not run"],
      skipped: [],
    });
  });
});

describe("summary()", () => {
  test("summary() mentions skipped tests only when there are any", () => {
    expect(summary({ passed: 3, failed: ["a"], skipped: [] })).toBe("3 passed, 1 failed");
    expect(summary({ passed: 3, failed: [], skipped: ["a", "b"] })).toBe("3 passed, 0 failed, 2 skipped");
  });
});
