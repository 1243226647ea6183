import { describe, expect, test } from "bun:test";
import { type Partition, partitionOfRegion } from "../../src/aws/endpoints/partitions.ts";
import { chooseRegion } from "../../src/config/region.ts";
import { runEndpoints, serviceEndpoint } from "../../src/settings/endpoints.ts";
import type { Environment } from "../../src/system/types.ts";
import { sharedFrom } from "../config/from-text.ts";
import { failureOf } from "../support/failure.ts";

const china = partitionOfRegion("cn-north-1");
const government = partitionOfRegion("us-gov-west-1");

interface Given {
  readonly region?: string;
  readonly env?: Environment;
  /** The config file's text; its profile `p` is the one of the run. */
  readonly config?: string;
  readonly partition?: Partition;
  readonly sourcePartition?: () => Promise<Partition | undefined>;
  readonly instanceRegion?: () => Promise<string | undefined>;
}

function endpointsOf({ region, env = {}, config: text = "", ...given }: Given) {
  const config = sharedFrom(text);
  const profile = config.profile("p");
  const chosen = chooseRegion(region, env, profile);
  const traced: string[] = [];
  const trace = (line: string) => traced.push(line);
  const { partition, sourcePartition, instanceRegion } = given;
  const input = { env, profile, config, chosen, partition, sourcePartition, instanceRegion, trace };
  return { ...runEndpoints(input), traced };
}

const url = async (optional: Given) => (await endpointsOf(optional).stsEndpoint()).url;

describe("runEndpoints().checkStsEndpoint()", () => {
  const env = { AWS_ENDPOINT_URL_STS: "foo" };
  test("finds the fault of an endpoint before it is wanted", async () => {
    const failure = await failureOf(() => endpointsOf({ env }).checkStsEndpoint());
    expect(failure.message).toContain("AWS_ENDPOINT_URL_STS");
    await endpointsOf({}).checkStsEndpoint();
  });
  test("asks no instance for its region", async () => {
    const instanceRegion = () => Promise.reject(new Error("it was asked"));
    await endpointsOf({ env, instanceRegion }).checkStsEndpoint();
    const known = endpointsOf({ env, instanceRegion, region: "eu-west-3" });
    expect((await failureOf(() => known.checkStsEndpoint())).message).toContain("AWS_ENDPOINT_URL_STS");
  });
});

describe("runEndpoints().namedPartition()", () => {
  test("is that of the plan, and of no region", async () => {
    expect((await endpointsOf({ partition: china }).namedPartition())?.id).toBe("aws-cn");
    expect(await endpointsOf({ region: "cn-north-1" }).namedPartition()).toBeUndefined();
  });

  test("is found by the source where the plan has none", async () => {
    const sourcePartition = async () => government;
    const { namedPartition, partition } = endpointsOf({ sourcePartition, region: "us-east-1" });
    expect([(await namedPartition())?.id, (await partition()).id]).toEqual(["aws-us-gov", "aws-us-gov"]);
    expect((await endpointsOf({ sourcePartition, partition: china }).partition()).id).toBe("aws-cn");
  });

  test("may become known after the endpoint was checked", async () => {
    let known: Partition | undefined;
    const { checkStsEndpoint, stsEndpoint } = endpointsOf({ sourcePartition: async () => known });
    await checkStsEndpoint();
    known = china;
    expect((await stsEndpoint()).host).toBe("sts.cn-northwest-1.amazonaws.com.cn");
  });
});

describe("runEndpoints().stsEndpoint()", () => {
  const regions: Record<string, [optional: Given, url: string]> = {
    "is that of the region chosen": [{ region: "eu-west-3" }, "https://sts.eu-west-3.amazonaws.com"],
    "is that of the region of the variable": [
      { env: { AWS_REGION: "cn-north-1" } },
      "https://sts.cn-north-1.amazonaws.com.cn",
    ],
    "keeps the region chosen whatever the partition": [
      { region: "eu-west-3", partition: china },
      "https://sts.eu-west-3.amazonaws.com",
    ],
    "is that of us-east-1 where nothing names a region": [{}, "https://sts.us-east-1.amazonaws.com"],
    "is that of the plan's partition where nothing names a region": [
      { partition: china },
      "https://sts.cn-northwest-1.amazonaws.com.cn",
    ],
    "is that of the stored sign-in's partition where nothing names a region": [
      { sourcePartition: async () => government },
      "https://sts.us-gov-west-1.amazonaws.com",
    ],
    "is that of the instance's region": [
      { instanceRegion: async () => "eu-south-2", partition: china },
      "https://sts.eu-south-2.amazonaws.com",
    ],
    "does without an instance's region that it does not tell": [
      { instanceRegion: async () => undefined, partition: china },
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
    const { stsEndpoint, partition } = endpointsOf({ instanceRegion });
    await Promise.all([stsEndpoint(), stsEndpoint(), partition()]);
    expect(asked).toBe(1);
    await endpointsOf({ instanceRegion, region: "eu-west-3" }).stsEndpoint();
    expect(asked).toBe(1);
  });

  test("traces where region and endpoint come from", async () => {
    const chosen = endpointsOf({
      env: { AWS_DEFAULT_REGION: "eu-west-3", AWS_ENDPOINT_URL: "https://sts.example" },
    });
    await chosen.stsEndpoint();
    expect(chosen.traced).toEqual([
      "region: eu-west-3 (AWS_DEFAULT_REGION)",
      "sts endpoint: https://sts.example (AWS_ENDPOINT_URL)",
    ]);
    const none = endpointsOf({});
    await none.stsEndpoint();
    expect(none.traced).toEqual(["region: us-east-1 (nothing names one)"]);
    const instance = endpointsOf({ instanceRegion: async () => "eu-south-2" });
    await instance.stsEndpoint();
    expect(instance.traced).toEqual(["region: eu-south-2 (instance metadata)"]);
  });

  test("refuses a region of the instance that cannot be part of a host name", async () => {
    const { stsEndpoint } = endpointsOf({ instanceRegion: async () => "evil.example/" });
    expect((await failureOf(stsEndpoint)).message).toContain('cannot use "evil.example/" as a region');
  });

  test("refuses a custom endpoint together with FIPS", async () => {
    const env = { AWS_ENDPOINT_URL: "https://sts.example", AWS_USE_FIPS_ENDPOINT: "true" };
    expect((await failureOf(() => url({ env }))).message).toContain(
      "the settings ask for FIPS endpoints as well",
    );
  });
});

describe("runEndpoints().signInEndpoint()", () => {
  test("is left to the partition where none is set", () => {
    expect(
      endpointsOf({ env: { AWS_ENDPOINT_URL_STS: "https://sts.example" } }).signInEndpoint(),
    ).toBeUndefined();
  });

  test.each(["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SIGNIN"])("is the one that %s names", (name) => {
    const env = { [name]: "https://signin.example/" };
    expect(endpointsOf({ env }).signInEndpoint()?.url).toBe("https://signin.example");
  });
});

describe("runEndpoints().loginEndpoint()", () => {
  const optional: Given = { region: "eu-west-3" };
  test("is that of the region it is asked for, or else of the run", () => {
    expect(endpointsOf(optional).loginEndpoint("us-west-2").url).toBe(
      "https://us-west-2.signin.aws.amazon.com",
    );
    expect(endpointsOf(optional).loginEndpoint(undefined).url).toBe(
      "https://eu-west-3.signin.aws.amazon.com",
    );
    expect(endpointsOf({}).loginEndpoint(undefined).url).toBe("https://us-east-1.signin.aws.amazon.com");
  });
});

describe("runEndpoints().partition()", () => {
  const partitions: Record<string, [optional: Given, partition: string]> = {
    "is the plan's": [{ partition: government, region: "eu-west-3" }, "aws-us-gov"],
    "is the chosen region's where the plan has none": [{ region: "cn-north-1" }, "aws-cn"],
    "is the instance's": [{ instanceRegion: async () => "us-gov-east-1" }, "aws-us-gov"],
    "is aws where nothing tells": [{}, "aws"],
  };
  test.each(Object.entries(partitions))("%s", async (_, [optional, partition]) => {
    expect((await endpointsOf(optional).partition()).id).toBe(partition);
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

  test("serviceEndpoint() traces the setting that names the endpoint", () => {
    expect(endpointOf("sso", {}, "p").traced).toEqual([
      "sso endpoint: https://sso.example (endpoint_url (/home/me/.aws/config:5))",
    ]);
  });
});
