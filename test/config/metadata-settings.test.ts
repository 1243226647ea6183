import { describe, expect, test } from "bun:test";
import { metadataDisabled, metadataSettings } from "../../src/config/metadata-settings.ts";
import type { Environment } from "../../src/system/types.ts";
import { configPath, failureOf, profileOf } from "./from-text.ts";

const ipv4 = "http://169.254.169.254";
const ipv6 = "http://[fd00:ec2::254]";

const addresses: Record<string, { env?: Environment; lines?: string[]; baseUrl: string }> = {
  "uses IPv4 when nothing is set": { baseUrl: ipv4 },
  "takes the endpoint of the variable, without its slash": {
    env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:1338/" },
    baseUrl: "http://127.0.0.1:1338",
  },
  "takes the endpoint of the profile": {
    lines: ["ec2_metadata_service_endpoint = http://127.0.0.1:9/x"],
    baseUrl: "http://127.0.0.1:9/x",
  },
  "prefers the endpoint of the variable": {
    env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://a" },
    lines: ["ec2_metadata_service_endpoint = http://b"],
    baseUrl: "http://a",
  },
  "prefers an endpoint to the mode": {
    env: { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv6" },
    lines: ["ec2_metadata_service_endpoint = http://b"],
    baseUrl: "http://b",
  },
  "takes the mode in any case": { env: { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "ipV6" }, baseUrl: ipv6 },
  "takes the mode of the profile": { lines: ["ec2_metadata_service_endpoint_mode = IPv6"], baseUrl: ipv6 },
  "prefers the mode of the variable": {
    env: { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv4" },
    lines: ["ec2_metadata_service_endpoint_mode = IPv6"],
    baseUrl: ipv4,
  },
  "takes the older switch for IPv6": { env: { AWS_IMDS_USE_IPV6: "True" }, baseUrl: ipv6 },
  "prefers the mode to the older switch": {
    lines: ["imds_use_ipv6 = true", "ec2_metadata_service_endpoint_mode = IPv4"],
    baseUrl: ipv4,
  },
};

describe("metadataSettings()", () => {
  for (const [sentence, { env, lines, baseUrl }] of Object.entries(addresses)) {
    test(`metadataSettings() ${sentence}`, () => {
      expect(metadataSettings(env ?? {}, lines && profileOf(...lines)).baseUrl).toBe(baseUrl);
    });
  }

  test("metadataSettings() refuses an unknown mode", () => {
    const failure = failureOf(() =>
      metadataSettings({}, profileOf("ec2_metadata_service_endpoint_mode = IPv7")),
    );
    expect(failure.message).toBe(
      `cannot use ec2_metadata_service_endpoint_mode (${configPath}:2): the endpoint mode is neither IPv4 nor IPv6`,
    );
  });
  test("metadataSettings() refuses an endpoint that is not a URL", () => {
    const failure = failureOf(() =>
      metadataSettings({ AWS_EC2_METADATA_SERVICE_ENDPOINT: "nowhere" }, undefined),
    );
    expect(failure.message).toStartWith("cannot use AWS_EC2_METADATA_SERVICE_ENDPOINT: ");
  });

  test("metadataSettings() waits a second and leaves the attempts open when nothing is set", () => {
    expect(metadataSettings({}, undefined)).toMatchObject({ timeoutMilliseconds: 1000, attempts: undefined });
  });
  test("metadataSettings() takes timeout and attempts of the variables", () => {
    const env = { AWS_METADATA_SERVICE_TIMEOUT: "5", AWS_METADATA_SERVICE_NUM_ATTEMPTS: "3" };
    expect(metadataSettings(env, undefined)).toMatchObject({ timeoutMilliseconds: 5000, attempts: 3 });
  });
  test("metadataSettings() takes timeout and attempts of the profile", () => {
    const profile = profileOf("metadata_service_timeout = 2", "metadata_service_num_attempts = 4");
    expect(metadataSettings({}, profile)).toMatchObject({ timeoutMilliseconds: 2000, attempts: 4 });
  });
  test("metadataSettings() refuses a timeout of zero", () => {
    const failure = failureOf(() => metadataSettings({ AWS_METADATA_SERVICE_TIMEOUT: "0" }, undefined));
    expect(failure.message).toBe("cannot use AWS_METADATA_SERVICE_TIMEOUT: it is not a whole number above 0");
  });
});

describe("metadataSettings() and the instance profile", () => {
  const variable = "AWS_EC2_INSTANCE_PROFILE_NAME";
  const setting = "ec2_instance_profile_name";
  const nameOf = (env: Environment, ...lines: string[]) =>
    metadataSettings(env, profileOf(...lines)).profileName;

  test("metadataSettings() leaves the instance profile open when nothing is set", () => {
    expect(nameOf({})).toBeUndefined();
  });
  test("metadataSettings() takes the name of the variable before that of the profile", () => {
    expect(nameOf({ [variable]: "Web+1,2=3.@-" }, `${setting} = Other`)).toBe("Web+1,2=3.@-");
    expect(nameOf({}, `${setting} = Other`)).toBe("Other");
  });

  const refused: Record<string, string> = {
    "": "it is empty",
    "  ": "it is empty",
    "..": '".." is not the name of an instance profile',
    "../x": '"../x" is not the name of an instance profile',
    "a b": '"a b" is not the name of an instance profile',
    "x?y": '"x?y" is not the name of an instance profile',
  };
  for (const [name, why] of Object.entries(refused)) {
    test(`metadataSettings() refuses the instance profile ${JSON.stringify(name)}`, () => {
      const failure = failureOf(() => nameOf({ [variable]: name }));
      expect(failure.message).toBe(`cannot use ${variable}: ${why}`);
    });
  }
  test("metadataSettings() names the line of an empty name", () => {
    const failure = failureOf(() => nameOf({}, `${setting} =`));
    expect(failure.message).toBe(`cannot use ${setting} (${configPath}:2): it is empty`);
  });
});

describe("metadataDisabled()", () => {
  const words: Record<string, boolean> = { true: true, tRuE: true, False: false, "": false };
  for (const [word, disabled] of Object.entries(words)) {
    test(`metadataDisabled() reads ${JSON.stringify(word)} as ${disabled}`, () => {
      expect(metadataDisabled({ AWS_EC2_METADATA_DISABLED: word })).toBe(disabled);
    });
  }
  test.each(["1", "0", "yes", " true"])(
    "metadataDisabled refuses %j, which SDKs read differently",
    (word) => {
      expect(failureOf(() => metadataDisabled({ AWS_EC2_METADATA_DISABLED: word })).message).toBe(
        "cannot use AWS_EC2_METADATA_DISABLED: it is neither true nor false",
      );
    },
  );
  test("metadataDisabled() is false when it is not set", () => expect(metadataDisabled({})).toBe(false));
});
