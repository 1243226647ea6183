import { expect, test } from "bun:test";
import { finding } from "../../../src/commands/status/findings.ts";
import type { StatusReport } from "../../../src/commands/status/status-report.ts";
import { statusText } from "../../../src/commands/status/text.ts";

const report: StatusReport = {
  version: 1,
  identity: { arn: "arn:aws:iam::1:user/a", account: "1", userId: "A" },
  source: {
    kind: "keys",
    from: "profile dev (/c:2)",
    profile: "dev",
    file: "/c",
    line: 2,
    variable: "AWS_PROFILE",
    chain: [{ kind: "role", role: "arn:r", mfa: "arn:m" }],
  },
  credentials: { accessKeyId: "ASIA…2345", expiration: "2030-01-31T12:00:00Z", renewable: false },
  region: { value: "eu-west-1", from: "AWS_REGION" },
  skipped: [{ source: "environment", why: "no" }],
  signIns: [
    {
      startUrl: "https://s",
      region: "r",
      expiresAt: "2030",
      refreshable: true,
      clientExpiresAt: null,
      file: "/t",
    },
  ],
  findings: [finding("clock-off", "it is off", "set it")],
};

test("statusText() has a row for each fact, and a hint below each finding", () => {
  expect(statusText(report)).toBe(`identity     arn:aws:iam::1:user/a
source       profile dev (/c:2)
             named by AWS_PROFILE
then         arn:r, with MFA arn:m
region       eu-west-1 (AWS_REGION)
credentials  ASIA…2345, until 2030-01-31T12:00:00Z, not renewed without a person
sign-in      https://s until 2030, can be renewed
skipped      environment: no
warning      it is off [clock-off]
             set it
`);
});

test("statusText() says of credentials whether they end, and whether they renew", () => {
  const credentials = { accessKeyId: "AKIA…2345", expiration: null, renewable: true };
  const row = (changes: Partial<StatusReport>) =>
    /^credentials +(.*)$/m.exec(statusText({ ...report, credentials, ...changes }))?.[1];
  expect(row({})).toBe("AKIA…2345, renewed without a person");
  const keys = report.source && { ...report.source, chain: [] };
  for (const kind of ["keys", "environment"])
    expect(row({ source: keys && { ...keys, kind } })).toBe("AKIA…2345, long-term keys without an end");
  expect(row({ source: keys, credentials: { ...credentials, renewable: false } })).toBe(
    "AKIA…2345, not renewed without a person",
  );
});
