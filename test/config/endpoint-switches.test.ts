import { describe, expect, test } from "bun:test";
import { type EndpointSwitches, endpointSwitches } from "../../src/config/endpoint-switches.ts";
import type { Environment } from "../../src/system/types.ts";
import { configPath, failureOf, profileOf } from "./from-text.ts";

const usual: EndpointSwitches = { fips: false, dualStack: false, stsRegional: "regional" };
const all = ["use_fips_endpoint = true", "use_dualstack_endpoint = True", "sts_regional_endpoints = legacy"];

const readings: Record<string, { env?: Environment; lines?: string[]; switches: EndpointSwitches }> = {
  "are off when nobody said": { switches: usual },
  "come from the environment": {
    env: {
      AWS_USE_FIPS_ENDPOINT: "tRuE",
      AWS_USE_DUALSTACK_ENDPOINT: "true",
      AWS_STS_REGIONAL_ENDPOINTS: "Legacy",
    },
    switches: { fips: true, dualStack: true, stsRegional: "legacy" },
  },
  "come from the profile": { lines: all, switches: { fips: true, dualStack: true, stsRegional: "legacy" } },
  "follow the environment where both say something": {
    env: {
      AWS_USE_FIPS_ENDPOINT: "false",
      AWS_USE_DUALSTACK_ENDPOINT: "FALSE",
      AWS_STS_REGIONAL_ENDPOINTS: "regional",
    },
    lines: all,
    switches: usual,
  },
  "pass over empty values": {
    env: { AWS_USE_FIPS_ENDPOINT: "" },
    lines: ["use_dualstack_endpoint ="],
    switches: usual,
  },
};

describe("endpointSwitches", () => {
  for (const [sentence, { env, lines, switches }] of Object.entries(readings)) {
    test(`endpointSwitches ${sentence}`, () => {
      expect(endpointSwitches(env ?? {}, lines && profileOf(...lines))).toEqual(switches);
    });
  }
  test("endpointSwitches refuses a switch that is neither on nor off", () => {
    expect(failureOf(() => endpointSwitches({ AWS_USE_FIPS_ENDPOINT: "1" }, undefined)).message).toBe(
      "cannot use AWS_USE_FIPS_ENDPOINT: it is neither true nor false",
    );
    expect(failureOf(() => endpointSwitches({}, profileOf("use_dualstack_endpoint = yes"))).message).toBe(
      `cannot use use_dualstack_endpoint (${configPath}:2): it is neither true nor false`,
    );
  });
  test("endpointSwitches refuses an unknown mode of regional endpoints", () => {
    expect(
      failureOf(() => endpointSwitches({ AWS_STS_REGIONAL_ENDPOINTS: "global" }, undefined)).message,
    ).toBe("cannot use AWS_STS_REGIONAL_ENDPOINTS: it is neither regional nor legacy");
  });
});
