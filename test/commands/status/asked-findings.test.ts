import { describe, expect, test } from "bun:test";
import {
  clockFindings,
  disabledFinding,
  metadataFinding,
} from "../../../src/commands/status/asked-findings.ts";

const url = "http://169.254.169.254/latest/api/token";
const put = (status: number | undefined, timedOut = false) => ({ method: "PUT", url, status, timedOut });
const roles = (status: number) => ({
  method: "GET",
  url: "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
  status,
  timedOut: false,
});

describe("metadataFinding()", () => {
  test("tells silence, the hop limit, a disabled service and a missing role apart", () => {
    const code = (responses: Parameters<typeof metadataFinding>[0], inContainer = false) =>
      metadataFinding(responses, inContainer)?.code;
    expect(code([put(undefined, true)])).toBe("metadata-silent");
    expect(code([put(undefined, false)], true)).toBe("metadata-silent");
    expect(code([put(undefined, true)], true)).toBe("metadata-hop-limit");
    expect(code([put(403)])).toBe("metadata-disabled");
    expect(code([put(200), roles(404)])).toBe("metadata-no-role");
    expect(code([put(200), roles(200)])).toBeUndefined();
    expect(code([])).toBeUndefined();
  });
});

test("clockFindings() reports a clock that is off by more than four minutes", () => {
  expect(clockFindings(undefined)).toEqual([]);
  expect(clockFindings(-3 * 60_000)).toEqual([]);
  expect(clockFindings(-10 * 60_000)[0]?.message).toBe(
    "the clock of this machine is 10 minutes ahead of AWS's",
  );
  expect(clockFindings(10 * 60_000)[0]).toMatchObject({ code: "clock-off" });
});

test("disabledFinding() names the variable where the search came to instance metadata", () => {
  const why = "AWS_EC2_METADATA_DISABLED is true";
  expect(disabledFinding([{ source: "container", why: "none" }])).toEqual([]);
  expect(disabledFinding([{ source: "instance metadata", why }])[0]?.code).toBe("metadata-disabled");
});
