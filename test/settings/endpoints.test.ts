import { describe, expect, test } from "bun:test";
import { chooseRegion } from "../../src/config/region.ts";
import { runEndpoints, serviceEndpoint } from "../../src/settings/endpoints.ts";
import type { Environment } from "../../src/system/types.ts";
import { sharedFrom } from "../config/from-text.ts";
import { failureOf } from "../support/failure.ts";

const china = "arn:aws-cn:iam::111111111111:role/Jump";
const government = "arn:aws-us-gov:iam::222222222222:role/Deploy";

interface Given {
  readonly region?: string;
  readonly env?: Environment;
  /** The config file's text; its profile `p` is the one of the run. */
  readonly config?: string;
  readonly roleArns?: readonly string[];
  readonly instanceRegion?: () => Promise<string | undefined>;
}

function places({ region, env = {}, config: text = "", roleArns = [], instanceRegion }: Given) {
  const config = sharedFrom(text);
  const profile = config.profile("p");
  const chosen = chooseRegion(region, env, profile);
  const traced: string[] = [];
  const trace = (line: string) => traced.push(line);
  return { ...runEndpoints({ env, profile, config, chosen, roleArns, instanceRegion, trace }), traced };
}

const url = async (optional: Given) => (await places(optional).stsEndpoint()).url;

describe("runEndpoints().checkStsEndpoint()", () => {
  const env = { AWS_ENDPOINT_URL_STS: "foo" };
  test("finds the fault of an endpoint before it is wanted", async () => {
    const failure = await failureOf(() => places({ env }).checkStsEndpoint());
    expect(failure.message).toContain("AWS_ENDPOINT_URL_STS");
    await places({}).checkStsEndpoint();
  });
  test("asks no instance for its region", async () => {
    const instanceRegion = () => Promise.reject(new Error("it was asked"));
    await places({ env, instanceRegion }).checkStsEndpoint();
    const known = places({ env, instanceRegion, region: "eu-west-3" });
    expect((await failureOf(() => known.checkStsEndpoint())).message).toContain("AWS_ENDPOINT_URL_STS");
  });
});

describe("runEndpoints().namedPartition", () => {
  test("is that of the last role, and of no region", () => {
    expect(places({ roleArns: [china, government] }).namedPartition?.id).toBe("aws-us-gov");
    expect(places({ region: "cn-north-1" }).namedPartition).toBeUndefined();
  });
});

describe("runEndpoints().stsEndpoint()", () => {
  const regions: Record<string, [optional: Given, url: string]> = {
    "is that of the region chosen": [{ region: "eu-west-3" }, "https://sts.eu-west-3.amazonaws.com"],
    "is that of the region of the variable": [
      { env: { AWS_REGION: "cn-north-1" } },
      "https://sts.cn-north-1.amazonaws.com.cn",
    ],
    "keeps the region chosen whatever the roles": [
      { region: "eu-west-3", roleArns: [china] },
      "https://sts.eu-west-3.amazonaws.com",
    ],
    "is that of us-east-1 where nothing names a region": [{}, "https://sts.us-east-1.amazonaws.com"],
    "is that of the first role's partition where nothing names a region": [
      { roleArns: [china, government] },
      "https://sts.cn-northwest-1.amazonaws.com.cn",
    ],
    "is that of us-east-1 where the first role names no partition": [
      { roleArns: ["Deploy", china] },
      "https://sts.us-east-1.amazonaws.com",
    ],
    "is that of the instance's region": [
      { instanceRegion: async () => "eu-south-2", roleArns: [china] },
      "https://sts.eu-south-2.amazonaws.com",
    ],
    "does without an instance's region that it does not tell": [
      { instanceRegion: async () => undefined, roleArns: [china] },
      "https://sts.cn-northwest-1.amazonaws.com.cn",
    ],
    "has FIPS where a variable asks for it": [
      { region: "us-east-2", env: { AWS_USE_FIPS_ENDPOINT: "true" } },
      "https://sts-fips.us-east-2.amazonaws.com",
    ],
    "has FIPS where the region asks for it": [
      { region: "fips-us-east-2" },
      "https://sts-fips.us-east-2.amazonaws.com",
    ],
    "has dual-stack where the profile asks for it": [
      { region: "us-east-2", config: "[profile p]\nuse_dualstack_endpoint = true" },
      "https://sts.us-east-2.api.aws",
    ],
    "is the old global one where a variable asks for it": [
      { region: "us-east-2", env: { AWS_STS_REGIONAL_ENDPOINTS: "legacy" } },
      "https://sts.amazonaws.com",
    ],
    "is the one a person set": [
      { env: { AWS_ENDPOINT_URL_STS: "http://localhost:4566/" } },
      "http://localhost:4566",
    ],
    "is the one of the profile's services": [
      {
        config:
          "[profile p]\nservices = s\n[services s]\nsts =\n  endpoint_url = https://sts.example\nsignin =\n  endpoint_url = https://signin.example",
      },
      "https://sts.example",
    ],
  };
  test.each(Object.entries(regions))("%s", async (_, [optional, expected]) => {
    expect(await url(optional)).toBe(expected);
  });

  test("asks the instance once, and only where no region was chosen", async () => {
    let asked = 0;
    const instanceRegion = async () => {
      asked++;
      return "eu-south-2";
    };
    const { stsEndpoint, partition } = places({ instanceRegion });
    await Promise.all([stsEndpoint(), stsEndpoint(), partition()]);
    expect(asked).toBe(1);
    await places({ instanceRegion, region: "eu-west-3" }).stsEndpoint();
    expect(asked).toBe(1);
  });

  test("traces where region and endpoint come from", async () => {
    const chosen = places({
      env: { AWS_DEFAULT_REGION: "eu-west-3", AWS_ENDPOINT_URL: "https://sts.example" },
    });
    await chosen.stsEndpoint();
    expect(chosen.traced).toEqual([
      "region: eu-west-3 (AWS_DEFAULT_REGION)",
      "sts endpoint: https://sts.example (AWS_ENDPOINT_URL)",
    ]);
    const none = places({});
    await none.stsEndpoint();
    expect(none.traced).toEqual(["region: us-east-1 (nothing names one)"]);
    const instance = places({ instanceRegion: async () => "eu-south-2" });
    await instance.stsEndpoint();
    expect(instance.traced).toEqual(["region: eu-south-2 (instance metadata)"]);
  });

  test("refuses a region of the instance that cannot be part of a host name", async () => {
    const { stsEndpoint } = places({ instanceRegion: async () => "evil.example/" });
    expect((await failureOf(stsEndpoint)).message).toContain('cannot use "evil.example/" as a region');
  });

  test("refuses a custom endpoint together with FIPS", async () => {
    const env = { AWS_ENDPOINT_URL: "https://sts.example", AWS_USE_FIPS_ENDPOINT: "true" };
    expect((await failureOf(() => url({ env }))).message).toContain("FIPS endpoints are asked for as well");
  });
});

describe("runEndpoints().signInEndpoint()", () => {
  test("is left to the partition where nobody set one", () => {
    expect(places({ env: { AWS_ENDPOINT_URL_STS: "https://sts.example" } }).signInEndpoint()).toBeUndefined();
  });

  test.each(["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SIGNIN"])("is the one that %s names", (name) => {
    const env = { [name]: "https://signin.example/" };
    expect(places({ env }).signInEndpoint()?.url).toBe("https://signin.example");
  });
});

describe("runEndpoints().loginEndpoint()", () => {
  const optional: Given = { region: "eu-west-3" };
  test("is that of the region it is asked for, or else of the run", () => {
    expect(places(optional).loginEndpoint("us-west-2").url).toBe("https://us-west-2.signin.aws.amazon.com");
    expect(places(optional).loginEndpoint(undefined).url).toBe("https://eu-west-3.signin.aws.amazon.com");
    expect(places({}).loginEndpoint(undefined).url).toBe("https://us-east-1.signin.aws.amazon.com");
  });
});

describe("runEndpoints().partition()", () => {
  const partitions: Record<string, [optional: Given, partition: string, likely: string]> = {
    "is the last role's": [
      { roleArns: [china, government], region: "eu-west-3" },
      "aws-us-gov",
      "aws-us-gov",
    ],
    "is the chosen region's where no role is assumed": [{ region: "cn-north-1" }, "aws-cn", "aws-cn"],
    "is the instance's, which can only be guessed before it is asked": [
      { instanceRegion: async () => "us-gov-east-1" },
      "aws-us-gov",
      "aws",
    ],
    "is aws where nothing tells": [{}, "aws", "aws"],
  };
  test.each(Object.entries(partitions))("%s", async (_, [optional, partition, likely]) => {
    const found = places(optional);
    expect(found.likelyPartition.id).toBe(likely);
    expect((await found.partition()).id).toBe(partition);
  });
});

const portalText = "[profile p]\nservices = s\n[services s]\nsso =\n  endpoint_url = https://sso.example\n";

function endpointOf(service: "sso" | "sso_oidc", env: Record<string, string>, profile?: string) {
  const config = sharedFrom(portalText);
  const traced: string[] = [];
  const settings = {
    env,
    config,
    profile: profile === undefined ? undefined : config.profile(profile),
    trace: (line: string) => traced.push(line),
  };
  return { url: serviceEndpoint(service, "eu-west-1", settings).url, traced };
}

describe("serviceEndpoint()", () => {
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
    test(`serviceEndpoint() ${name}`, () => {
      expect(endpointOf(service, env, profile).url).toBe(url);
    });
  }

  test("serviceEndpoint() tells which setting moved it", () => {
    expect(endpointOf("sso", {}, "p").traced).toEqual([
      "sso endpoint: https://sso.example (endpoint_url (/home/me/.aws/config:5))",
    ]);
  });
});
