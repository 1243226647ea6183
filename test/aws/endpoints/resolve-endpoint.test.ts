import { describe, expect, test } from "bun:test";
import {
  type EndpointSettings,
  resolveEndpoint,
  type Service,
} from "../../../src/aws/endpoints/resolve-endpoint.ts";
import { Failure } from "../../../src/lib/errors.ts";

const plain = { fips: false, dualStack: false, legacyGlobal: false };

/** What the attempt to resolve ends with. */
function refusal(service: Service, settings: EndpointSettings): Failure {
  try {
    resolveEndpoint(service, settings);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("an endpoint was given");
}

describe("resolveEndpoint() gives the host", () => {
  /** For each region: plain, FIPS, dual-stack, both. */
  const hosts: Record<Service, Record<string, [string, string, string, string]>> = {
    sts: {
      "eu-west-1": [
        "sts.eu-west-1.amazonaws.com",
        "sts-fips.eu-west-1.amazonaws.com",
        "sts.eu-west-1.api.aws",
        "sts-fips.eu-west-1.api.aws",
      ],
      "cn-north-1": [
        "sts.cn-north-1.amazonaws.com.cn",
        "sts-fips.cn-north-1.amazonaws.com.cn",
        "sts.cn-north-1.api.amazonwebservices.com.cn",
        "sts-fips.cn-north-1.api.amazonwebservices.com.cn",
      ],
      "us-gov-west-1": [
        "sts.us-gov-west-1.amazonaws.com",
        "sts.us-gov-west-1.amazonaws.com",
        "sts.us-gov-west-1.api.aws",
        "sts-fips.us-gov-west-1.api.aws",
      ],
      "eusc-de-east-1": [
        "sts.eusc-de-east-1.amazonaws.eu",
        "sts-fips.eusc-de-east-1.amazonaws.eu",
        "sts.eusc-de-east-1.api.amazonwebservices.eu",
        "sts-fips.eusc-de-east-1.api.amazonwebservices.eu",
      ],
      "us-iso-east-1": [
        "sts.us-iso-east-1.c2s.ic.gov",
        "sts-fips.us-iso-east-1.c2s.ic.gov",
        "sts.us-iso-east-1.api.aws.ic.gov",
        "sts-fips.us-iso-east-1.api.aws.ic.gov",
      ],
      "us-isob-east-1": [
        "sts.us-isob-east-1.sc2s.sgov.gov",
        "sts-fips.us-isob-east-1.sc2s.sgov.gov",
        "sts.us-isob-east-1.api.aws.scloud",
        "sts-fips.us-isob-east-1.api.aws.scloud",
      ],
      "eu-isoe-west-1": [
        "sts.eu-isoe-west-1.cloud.adc-e.uk",
        "sts-fips.eu-isoe-west-1.cloud.adc-e.uk",
        "sts.eu-isoe-west-1.api.cloud-aws.adc-e.uk",
        "sts-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk",
      ],
      "us-isof-south-1": [
        "sts.us-isof-south-1.csp.hci.ic.gov",
        "sts-fips.us-isof-south-1.csp.hci.ic.gov",
        "sts.us-isof-south-1.api.aws.hci.ic.gov",
        "sts-fips.us-isof-south-1.api.aws.hci.ic.gov",
      ],
      "aws-cn-global": [
        "sts.cn-northwest-1.amazonaws.com.cn",
        "sts-fips.cn-northwest-1.amazonaws.com.cn",
        "sts.cn-northwest-1.api.amazonwebservices.com.cn",
        "sts-fips.cn-northwest-1.api.amazonwebservices.com.cn",
      ],
      "aws-global": [
        "sts.amazonaws.com",
        "sts-fips.us-east-1.amazonaws.com",
        "sts.us-east-1.api.aws",
        "sts-fips.us-east-1.api.aws",
      ],
      "fips-us-east-1": [
        "sts-fips.us-east-1.amazonaws.com",
        "sts-fips.us-east-1.amazonaws.com",
        "sts-fips.us-east-1.api.aws",
        "sts-fips.us-east-1.api.aws",
      ],
      "fake-region-10": [
        "sts.fake-region-10.amazonaws.com",
        "sts-fips.fake-region-10.amazonaws.com",
        "sts.fake-region-10.api.aws",
        "sts-fips.fake-region-10.api.aws",
      ],
    },
    rolesanywhere: {
      "eu-west-1": [
        "rolesanywhere.eu-west-1.amazonaws.com",
        "rolesanywhere-fips.eu-west-1.amazonaws.com",
        "rolesanywhere.eu-west-1.api.aws",
        "rolesanywhere-fips.eu-west-1.api.aws",
      ],
      "us-gov-west-1": [
        "rolesanywhere.us-gov-west-1.amazonaws.com",
        "rolesanywhere-fips.us-gov-west-1.amazonaws.com",
        "rolesanywhere.us-gov-west-1.api.aws",
        "rolesanywhere-fips.us-gov-west-1.api.aws",
      ],
      "cn-north-1": [
        "rolesanywhere.cn-north-1.amazonaws.com.cn",
        "rolesanywhere-fips.cn-north-1.amazonaws.com.cn",
        "rolesanywhere.cn-north-1.api.amazonwebservices.com.cn",
        "rolesanywhere-fips.cn-north-1.api.amazonwebservices.com.cn",
      ],
    },
    sso: {
      "ap-southeast-2": [
        "portal.sso.ap-southeast-2.amazonaws.com",
        "portal.sso-fips.ap-southeast-2.amazonaws.com",
        "portal.sso.ap-southeast-2.api.aws",
        "portal.sso-fips.ap-southeast-2.api.aws",
      ],
      "us-gov-east-1": [
        "portal.sso.us-gov-east-1.amazonaws.com",
        "portal.sso.us-gov-east-1.amazonaws.com",
        "portal.sso.us-gov-east-1.api.aws",
        "portal.sso-fips.us-gov-east-1.api.aws",
      ],
      "cn-northwest-1": [
        "portal.sso.cn-northwest-1.amazonaws.com.cn",
        "portal.sso-fips.cn-northwest-1.amazonaws.com.cn",
        "portal.sso.cn-northwest-1.api.amazonwebservices.com.cn",
        "portal.sso-fips.cn-northwest-1.api.amazonwebservices.com.cn",
      ],
    },
    sso_oidc: {
      "us-east-1": [
        "oidc.us-east-1.amazonaws.com",
        "oidc-fips.us-east-1.amazonaws.com",
        "oidc.us-east-1.api.aws",
        "oidc-fips.us-east-1.api.aws",
      ],
      "us-gov-west-1": [
        "oidc.us-gov-west-1.amazonaws.com",
        "oidc.us-gov-west-1.amazonaws.com",
        "oidc.us-gov-west-1.api.aws",
        "oidc-fips.us-gov-west-1.api.aws",
      ],
      "us-isob-east-1": [
        "oidc.us-isob-east-1.sc2s.sgov.gov",
        "oidc-fips.us-isob-east-1.sc2s.sgov.gov",
        "oidc.us-isob-east-1.api.aws.scloud",
        "oidc-fips.us-isob-east-1.api.aws.scloud",
      ],
    },
    signin: {
      "eu-central-1": [
        "eu-central-1.signin.aws.amazon.com",
        "signin-fips.eu-central-1.amazonaws.com",
        "signin.eu-central-1.api.aws",
        "signin-fips.eu-central-1.api.aws",
      ],
      "cn-north-1": [
        "cn-north-1.signin.amazonaws.cn",
        "signin-fips.cn-north-1.amazonaws.com.cn",
        "signin.cn-north-1.api.amazonwebservices.com.cn",
        "signin-fips.cn-north-1.api.amazonwebservices.com.cn",
      ],
      "us-gov-west-1": [
        "us-gov-west-1.signin.amazonaws-us-gov.com",
        "signin-fips.amazonaws-us-gov.com",
        "signin.us-gov-west-1.api.aws",
        "signin-fips.us-gov-west-1.api.aws",
      ],
      "us-gov-east-1": [
        "us-gov-east-1.signin.amazonaws-us-gov.com",
        "us-gov-east-1.signin-fips.amazonaws-us-gov.com",
        "signin.us-gov-east-1.api.aws",
        "signin-fips.us-gov-east-1.api.aws",
      ],
      "eusc-de-east-1": [
        "eusc-de-east-1.signin.amazonaws-eusc.eu",
        "signin-fips.eusc-de-east-1.amazonaws.eu",
        "signin.eusc-de-east-1.api.amazonwebservices.eu",
        "signin-fips.eusc-de-east-1.api.amazonwebservices.eu",
      ],
      "us-iso-west-1": [
        "us-iso-west-1.signin.c2shome.ic.gov",
        "signin-fips.us-iso-west-1.c2s.ic.gov",
        "signin.us-iso-west-1.api.aws.ic.gov",
        "signin-fips.us-iso-west-1.api.aws.ic.gov",
      ],
    },
  };
  const rows = Object.entries(hosts).flatMap(([service, regions]) =>
    Object.entries(regions).map(([region, expected]) => [service as Service, region, expected] as const),
  );
  test.each(rows)("of %s in %s, with and without FIPS and dual-stack", (service, region, expected) => {
    const variants = [
      { fips: false, dualStack: false },
      { fips: true, dualStack: false },
      { fips: false, dualStack: true },
      { fips: true, dualStack: true },
    ];
    const endpoints = variants.map((variant) => resolveEndpoint(service, { ...plain, region, ...variant }));
    expect(endpoints.map(({ host }) => host)).toEqual(expected);
    expect(endpoints.map(({ url }) => url)).toEqual(expected.map((host) => `https://${host}`));
  });
});

test.each([
  ["eu-west-3", "eu-west-3"],
  ["aws-global", "us-east-1"],
  ["fips-us-west-2", "us-west-2"],
  ["aws-us-gov-global", "us-gov-west-1"],
])("resolveEndpoint() signs what is asked in %s for %s", (region, signingRegion) => {
  expect(resolveEndpoint("sts", { ...plain, region }).signingRegion).toBe(signingRegion);
});

describe("resolveEndpoint() with the legacy global endpoint", () => {
  const legacy = { ...plain, legacyGlobal: true };
  test.each([
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "aws-global",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
  ])("takes the global host of STS for %s", (region) => {
    expect(resolveEndpoint("sts", { ...legacy, region })).toEqual({
      url: "https://sts.amazonaws.com",
      host: "sts.amazonaws.com",
      signingRegion: "us-east-1",
    });
  });
  test.each(["ap-northeast-2", "eu-south-1", "me-south-1", "cn-north-1", "us-gov-west-1"])(
    "stays in the region for %s, which never had it",
    (region) => {
      const endpoint = resolveEndpoint("sts", { ...legacy, region });
      expect(endpoint).toEqual(resolveEndpoint("sts", { ...plain, region }));
      expect(endpoint.signingRegion).toBe(region);
    },
  );
  test("stays in the region with FIPS, with dual-stack and with a custom endpoint", () => {
    const region = "us-west-1";
    const host = (changes: Partial<EndpointSettings>) =>
      resolveEndpoint("sts", { ...legacy, region, ...changes }).host;
    expect(host({ fips: true })).toBe("sts-fips.us-west-1.amazonaws.com");
    expect(host({ dualStack: true })).toBe("sts.us-west-1.api.aws");
    expect(host({ custom: { url: "https://example.com", source: "AWS_ENDPOINT_URL" } })).toBe("example.com");
  });
  test("means nothing to other services", () => {
    expect(resolveEndpoint("sso", { ...legacy, region: "us-east-1" }).host).toBe(
      "portal.sso.us-east-1.amazonaws.com",
    );
  });
});

describe("resolveEndpoint() with a custom endpoint", () => {
  const custom = { url: "https://sts.example.com/aws/", source: "AWS_ENDPOINT_URL_STS" };
  test("takes it and signs for the configured region", () => {
    expect(resolveEndpoint("sts", { ...plain, region: "eu-west-1", custom })).toEqual({
      url: "https://sts.example.com/aws",
      host: "sts.example.com",
      signingRegion: "eu-west-1",
    });
  });
  test("signs for a real region where the setting names a partition", () => {
    expect(resolveEndpoint("sts", { ...plain, region: "aws-global", custom }).signingRegion).toBe(
      "us-east-1",
    );
  });
  test("still refuses a region that is none", () => {
    expect(refusal("sts", { ...plain, region: "a/b", custom }).message).toContain(
      `cannot use "a/b" as a region`,
    );
  });

  const contradictions: Record<string, [Partial<EndpointSettings>, string]> = {
    FIPS: [
      { fips: true },
      "the settings ask for FIPS endpoints as well (AWS_USE_FIPS_ENDPOINT or use_fips_endpoint)",
    ],
    "dual-stack": [
      { dualStack: true },
      "the settings ask for dual-stack endpoints as well (AWS_USE_DUALSTACK_ENDPOINT or use_dualstack_endpoint)",
    ],
    "a region that means FIPS": [
      { region: "fips-us-east-1" },
      "the settings ask for FIPS endpoints as well (the region fips-us-east-1)",
    ],
  };
  test.each(Object.entries(contradictions))(
    "refuses it together with %s, naming both settings",
    (_, [changes, why]) => {
      for (const service of ["sts", "sso", "sso_oidc", "signin"] as const) {
        const failure = refusal(service, { ...plain, region: "us-east-1", custom, ...changes });
        expect(failure.message).toBe(`cannot use the endpoint of AWS_ENDPOINT_URL_STS: ${why}`);
        expect(failure.hints.length).toBe(1);
      }
    },
  );
});
