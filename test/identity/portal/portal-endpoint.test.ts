import { describe, expect, test } from "bun:test";
import { portalEndpoint } from "../../../src/identity/portal/portal-endpoint.ts";
import { sharedFrom } from "../../config/from-text.ts";

const text = "[profile p]\nservices = s\n[services s]\nsso =\n  endpoint_url = https://sso.example\n";

function endpointOf(service: "sso" | "sso_oidc", env: Record<string, string>, profile?: string) {
  const config = sharedFrom(text);
  const traced: string[] = [];
  const settings = {
    env,
    config,
    profile: profile === undefined ? undefined : config.profile(profile),
    trace: (line: string) => traced.push(line),
  };
  return { url: portalEndpoint(service, "eu-west-1", settings).url, traced };
}

describe("portalEndpoint()", () => {
  const cases: Record<string, ["sso" | "sso_oidc", Record<string, string>, string | undefined, string]> = {
    "asks the portal in its own region": [
      "sso",
      { AWS_REGION: "us-west-2" },
      undefined,
      "https://portal.sso.eu-west-1.amazonaws.com",
    ],
    "asks the OIDC service there": ["sso_oidc", {}, undefined, "https://oidc.eu-west-1.amazonaws.com"],
    "takes FIPS where it is asked for": [
      "sso_oidc",
      { AWS_USE_FIPS_ENDPOINT: "true" },
      undefined,
      "https://oidc-fips.eu-west-1.amazonaws.com",
    ],
    "takes the section of the profile's services": ["sso", {}, "p", "https://sso.example"],
    "takes the service's own variable": [
      "sso_oidc",
      { AWS_ENDPOINT_URL_SSO_OIDC: "https://oidc.example" },
      "p",
      "https://oidc.example",
    ],
    "does not take the variable of another service": [
      "sso",
      { AWS_ENDPOINT_URL_STS: "https://sts.example" },
      undefined,
      "https://portal.sso.eu-west-1.amazonaws.com",
    ],
  };
  for (const [name, [service, env, profile, url]] of Object.entries(cases)) {
    test(`portalEndpoint() ${name}`, () => {
      expect(endpointOf(service, env, profile).url).toBe(url);
    });
  }

  test("portalEndpoint() tells which setting moved it", () => {
    expect(endpointOf("sso", {}, "p").traced).toEqual([
      "sso endpoint: https://sso.example (endpoint_url (/home/me/.aws/config:5))",
    ]);
  });
});
