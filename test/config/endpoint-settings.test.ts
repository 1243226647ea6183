import { describe, expect, test } from "bun:test";
import {
  configuredEndpointUrl,
  type EndpointService,
  type EndpointSwitches,
  endpointSwitches,
} from "../../src/config/endpoint-settings.ts";
import type { Environment } from "../../src/system/types.ts";
import { configPath, failureOf, profileOf, sharedFrom } from "./from-text.ts";

const usual: EndpointSwitches = { fips: false, dualStack: false, stsRegional: "regional" };
const all = ["use_fips_endpoint = true", "use_dualstack_endpoint = True", "sts_regional_endpoints = legacy"];

const cases: Record<string, { env?: Environment; lines?: string[]; switches: EndpointSwitches }> = {
  "are off when nothing is set": { switches: usual },
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
  "skip empty values": {
    env: { AWS_USE_FIPS_ENDPOINT: "" },
    lines: ["use_dualstack_endpoint ="],
    switches: usual,
  },
};

describe("endpointSwitches()", () => {
  for (const [sentence, { env, lines, switches }] of Object.entries(cases)) {
    test(`endpointSwitches() ${sentence}`, () => {
      expect(endpointSwitches(env ?? {}, lines && profileOf(...lines))).toEqual(switches);
    });
  }
  test("endpointSwitches() refuses a switch that is neither on nor off", () => {
    expect(failureOf(() => endpointSwitches({ AWS_USE_FIPS_ENDPOINT: "1" }, undefined)).message).toBe(
      "cannot use AWS_USE_FIPS_ENDPOINT: it is neither true nor false",
    );
    expect(failureOf(() => endpointSwitches({}, profileOf("use_dualstack_endpoint = yes"))).message).toBe(
      `cannot use use_dualstack_endpoint (${configPath}:2): it is neither true nor false`,
    );
  });
  test("endpointSwitches() refuses an unknown mode of regional endpoints", () => {
    expect(
      failureOf(() => endpointSwitches({ AWS_STS_REGIONAL_ENDPOINTS: "global" }, undefined)).message,
    ).toBe("cannot use AWS_STS_REGIONAL_ENDPOINTS: it is neither regional nor legacy");
  });
});

const config = `[profile global]
endpoint_url = https://global.example
[profile services]
services = mine
endpoint_url = https://global.example
[profile off]
services = mine
endpoint_url = https://global.example
ignore_configured_endpoint_urls = TRUE
[profile lost]
services = nowhere
[profile flat]
services = flat
[services mine]
sts =
  endpoint_url = https://sts.example/
sso_oidc =
  endpoint_url =
[services flat]
sts = https://sts.example
[profile wrong]
endpoint_url = sts.example
`;
const shared = sharedFrom(config);

function endpoint(profile: string | undefined, env: Environment, service: EndpointService = "sts") {
  const section = profile === undefined ? undefined : shared.profile(profile);
  return configuredEndpointUrl(service, env, section, shared);
}

const general = { AWS_ENDPOINT_URL: "https://env.example" };
const own = {
  ...general,
  AWS_ENDPOINT_URL_STS: "https://sts-env.example",
  AWS_ENDPOINT_URL_SSO: "https://sso-env.example",
};

interface Example {
  profile?: string;
  env?: Environment;
  service?: EndpointService;
  url: string | undefined;
  source?: string;
}

const endpoints: Record<string, Example> = {
  "takes the service's own variable first": {
    profile: "services",
    env: own,
    url: "https://sts-env.example",
    source: "AWS_ENDPOINT_URL_STS",
  },
  "takes the variable of the service that is asked for": {
    env: own,
    service: "sso",
    url: "https://sso-env.example",
    source: "AWS_ENDPOINT_URL_SSO",
  },
  "writes the service of the variable in capitals": {
    env: { AWS_ENDPOINT_URL_SSO_OIDC: "https://oidc.example" },
    service: "sso_oidc",
    url: "https://oidc.example",
    source: "AWS_ENDPOINT_URL_SSO_OIDC",
  },
  "takes the general variable next": {
    profile: "services",
    env: general,
    url: "https://env.example",
    source: "AWS_ENDPOINT_URL",
  },
  "takes the general variable for every service": {
    env: general,
    service: "signin",
    url: "https://env.example",
    source: "AWS_ENDPOINT_URL",
  },
  "takes the services section next": {
    profile: "services",
    url: "https://sts.example",
    source: `endpoint_url (${configPath}:16)`,
  },
  "takes the profile's URL for a service that the section does not have": {
    profile: "services",
    service: "sso",
    url: "https://global.example",
    source: `endpoint_url (${configPath}:5)`,
  },
  "takes the profile's URL for a service whose URL is empty": {
    profile: "services",
    service: "sso_oidc",
    url: "https://global.example",
    source: `endpoint_url (${configPath}:5)`,
  },
  "takes the profile's URL last": {
    profile: "global",
    url: "https://global.example",
    source: `endpoint_url (${configPath}:2)`,
  },
  "skips empty variables": {
    profile: "global",
    env: { AWS_ENDPOINT_URL: "", AWS_ENDPOINT_URL_STS: "" },
    url: "https://global.example",
    source: `endpoint_url (${configPath}:2)`,
  },
  "is undefined when nothing is configured": { url: undefined },
  "is undefined when the variable turns it off": {
    profile: "services",
    env: { ...own, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
    url: undefined,
  },
  "is undefined when the profile turns it off": { profile: "off", env: own, url: undefined },
  "lets the variable overrule the profile's switch": {
    profile: "off",
    env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false" },
    url: "https://sts.example",
    source: `endpoint_url (${configPath}:16)`,
  },
  "does not look for the services section when a variable decides": {
    profile: "lost",
    env: general,
    url: "https://env.example",
    source: "AWS_ENDPOINT_URL",
  },
};

describe("configuredEndpointUrl()", () => {
  for (const [sentence, { profile, env, service, url, source }] of Object.entries(endpoints)) {
    test(`configuredEndpointUrl() ${sentence}`, () => {
      const found = endpoint(profile, env ?? {}, service);
      expect([found?.url, found?.source]).toEqual([url, source]);
    });
  }

  test("configuredEndpointUrl() refuses a services section that is missing", () => {
    expect(failureOf(() => endpoint("lost", {})).message).toBe(
      `cannot use services (${configPath}:11): there is no section [services nowhere] in ${configPath}`,
    );
  });
  test("configuredEndpointUrl() refuses a service with a value in place of nested settings", () => {
    expect(failureOf(() => endpoint("flat", {})).message).toBe(
      `cannot use sts (${configPath}:20): it has a value of its own`,
    );
  });
  test("configuredEndpointUrl() names the line of a URL it cannot use", () => {
    expect(failureOf(() => endpoint("wrong", {})).message).toStartWith(
      `cannot use endpoint_url (${configPath}:22): `,
    );
  });
  test("configuredEndpointUrl() names the variable of a URL it cannot use", () => {
    const failure = failureOf(() => endpoint(undefined, { AWS_ENDPOINT_URL: "localhost:4566" }));
    expect(failure.message).toStartWith("cannot use AWS_ENDPOINT_URL: ");
  });
});
