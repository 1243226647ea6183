import { describe, expect, test } from "bun:test";
import { consolePages } from "../../../src/aws/console/console-pages.ts";
import {
  checkDestination,
  consoleHost,
  destinationUrl,
  signInHost,
} from "../../../src/aws/console/console-url.ts";
import { type Partition, partitionById } from "../../../src/aws/endpoints/partitions.ts";
import { Failure } from "../../../src/lib/errors.ts";

function partition(id: string): Partition {
  return partitionById(id) ?? expect.unreachable();
}

const aws = partition("aws");

describe("signInHost() and consoleHost()", () => {
  test.each([
    ["aws", "signin.aws.amazon.com", "console.aws.amazon.com"],
    ["aws-cn", "signin.amazonaws.cn", "console.amazonaws.cn"],
    ["aws-us-gov", "signin.amazonaws-us-gov.com", "console.amazonaws-us-gov.com"],
    ["aws-eusc", "eusc-de-east-1.signin.amazonaws-eusc.eu", "console.amazonaws-eusc.eu"],
  ])("signInHost() and consoleHost() know those of %s", (id, signIn, console) => {
    expect(signInHost(partition(id))).toBe(signIn);
    expect(consoleHost(partition(id))).toBe(console);
  });
  test.each(["aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"])(
    "signInHost() and consoleHost() refuse %s, whose hosts are not known",
    (id) => {
      const message = `cannot open a console in the partition ${id}: its address is not known`;
      expect(() => signInHost(partition(id))).toThrow(expect.objectContaining({ message }));
      expect(() => consoleHost(partition(id))).toThrow(expect.objectContaining({ message }));
      expect(() => destinationUrl("ec2", "us-iso-east-1", partition(id))).toThrow(
        expect.objectContaining({ message }),
      );
    },
  );
});

describe("destinationUrl()", () => {
  const pages: Record<string, [destination: string | undefined, region: string | undefined, url: string]> = {
    "is the console's home by default": [
      undefined,
      "eu-west-1",
      "https://console.aws.amazon.com/console/home?region=eu-west-1",
    ],
    "names no region when there is none": [
      undefined,
      undefined,
      "https://console.aws.amazon.com/console/home",
    ],
    "names a real region for a whole partition": [
      undefined,
      "aws-global",
      "https://console.aws.amazon.com/console/home?region=us-east-1",
    ],
    "opens a service by its name": [
      "s3",
      "eu-west-1",
      "https://console.aws.amazon.com/s3/home?region=eu-west-1",
    ],
    "opens a service by its short name": [
      "cfn",
      "eu-west-1",
      "https://console.aws.amazon.com/cloudformation/home?region=eu-west-1",
    ],
    "knows services whose path differs from their name": [
      "ec2",
      "eu-west-1",
      "https://console.aws.amazon.com/ec2/v2/home?region=eu-west-1",
    ],
    "reads names in any case": ["Lambda", undefined, "https://console.aws.amazon.com/lambda/home"],
    "leaves the region out for services without": [
      "iam",
      "eu-west-1",
      "https://console.aws.amazon.com/iamv2/home",
    ],
    "leaves it out for their short names too": [
      "ga",
      "eu-west-1",
      "https://console.aws.amazon.com/globalaccelerator/home",
    ],
    "opens an unknown service under its name": [
      "brand-new-1",
      "eu-west-1",
      "https://console.aws.amazon.com/brand-new-1/home?region=eu-west-1",
    ],
    "does not mistake a name for a member of every object": [
      "constructor",
      undefined,
      "https://console.aws.amazon.com/constructor/home",
    ],
    "opens a page of a service in the region": [
      "ec2/v2/home#Instances:",
      "eu-west-1",
      "https://console.aws.amazon.com/ec2/v2/home?region=eu-west-1#Instances:",
    ],
    "opens a page that begins with a slash": [
      "/s3/buckets/Reports?tab=objects",
      "eu-west-1",
      "https://console.aws.amazon.com/s3/buckets/Reports?tab=objects&region=eu-west-1",
    ],
    "keeps the region that a page names": [
      "ec2/v2/home?region=us-west-2#Instances:search=a b",
      "eu-west-1",
      "https://console.aws.amazon.com/ec2/v2/home?region=us-west-2#Instances:search=a%20b",
    ],
    "opens a page without a region when there is none": [
      "ec2/v2/home#Instances:",
      undefined,
      "https://console.aws.amazon.com/ec2/v2/home#Instances:",
    ],
    "opens a fragment of a service's page": [
      "EC2#Instances:",
      "eu-west-1",
      "https://console.aws.amazon.com/ec2/v2/home?region=eu-west-1#Instances:",
    ],
    "adds a query to a service's page": [
      "cw?x=https://a",
      "eu-west-1",
      "https://console.aws.amazon.com/cloudwatch/home?x=https://a&region=eu-west-1",
    ],
    "opens a fragment of the console's home": [
      "#top",
      undefined,
      "https://console.aws.amazon.com/console/home#top",
    ],
    "does not leave the console by dots in a path": [
      "../../ec2/home",
      undefined,
      "https://console.aws.amazon.com/ec2/home",
    ],
    "takes a URL without its scheme": [
      "eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1",
      "us-east-1",
      "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1",
    ],
    "takes a whole URL with everything in it": [
      "https://console.aws.amazon.com/s3/buckets/a?region=eu-west-1&tab=objects#top",
      "us-east-1",
      "https://console.aws.amazon.com/s3/buckets/a?region=eu-west-1&tab=objects#top",
    ],
    "takes a URL of a host below the console's": [
      "https://123456789012-abcdefgh.eu-west-1.console.aws.amazon.com/ec2/home",
      undefined,
      "https://123456789012-abcdefgh.eu-west-1.console.aws.amazon.com/ec2/home",
    ],
    "passes a URL on as the browser will read it": [
      "HTTPS://Console.AWS.amazon.com:443/a/../b c",
      undefined,
      "https://console.aws.amazon.com/b%20c",
    ],
  };
  test.each(Object.entries(pages))("destinationUrl() %s", (_, [destination, region, url]) => {
    expect(destinationUrl(destination, region, aws)).toBe(url);
  });

  test("destinationUrl() stays in the partition", () => {
    const china = partition("aws-cn");
    expect(destinationUrl("s3", "cn-north-1", china)).toBe(
      "https://console.amazonaws.cn/s3/home?region=cn-north-1",
    );
    expect(() => destinationUrl("https://console.aws.amazon.com/", undefined, china)).toThrow(Failure);
  });

  const name = "it is neither the name of a service, nor a page of one, nor a whole URL";
  const refused: Record<string, [destination: string, why: string]> = {
    nothing: ["", name],
    "a blank": [" ", name],
    "slashes alone": ["//", name],
    "a line end": ["ec2/home\n#x", "it holds a control character"],
    "a way up": ["..", name],
    "a foreign host without a scheme": [
      "evil.example/console.aws.amazon.com",
      "evil.example does not belong to console.aws.amazon.com",
    ],
    "a blank before a fragment": [" #x", name],
    "an encoded name": ["%2e%2e", name],
    "a name with a letter that only looks right": ["еc2", name],
    "a scheme without slashes": ["javascript:alert(1)", name],
    "a scheme-relative URL": ["//evil.example/", "evil.example does not belong to console.aws.amazon.com"],
    http: ["http://console.aws.amazon.com/", "it does not begin with https"],
    "another scheme": ["javascript://console.aws.amazon.com/%0aalert(1)", "it does not begin with https"],
    "another host": ["https://evil.example/", "evil.example does not belong to console.aws.amazon.com"],
    "a host that ends alike": [
      "https://evilconsole.aws.amazon.com/",
      "evilconsole.aws.amazon.com does not belong to console.aws.amazon.com",
    ],
    "a host that begins alike": [
      "https://console.aws.amazon.com.evil.example/",
      "console.aws.amazon.com.evil.example does not belong to console.aws.amazon.com",
    ],
    "a host with a dot at the end": [
      "https://console.aws.amazon.com./",
      "console.aws.amazon.com. does not belong to console.aws.amazon.com",
    ],
    "the sign-in host": [
      "https://signin.aws.amazon.com/",
      "signin.aws.amazon.com does not belong to console.aws.amazon.com",
    ],
    "a host hidden by a backslash": [
      "https://evil.example\\.console.aws.amazon.com/",
      "evil.example does not belong to console.aws.amazon.com",
    ],
    "a host hidden by a user name": [
      "https://console.aws.amazon.com@evil.example/",
      "it holds a user name or password",
    ],
    "a password": ["https://a:b@console.aws.amazon.com/", "it holds a user name or password"],
    "a port": ["https://console.aws.amazon.com:8443/", "it names a port"],
    "a broken URL": ["https://", "it is not a URL"],
  };
  test.each(Object.entries(refused))("destinationUrl() refuses %s", (_, [destination, why]) => {
    const failure = { kind: "usage", message: `cannot open the console at --destination: ${why}` };
    expect(() => destinationUrl(destination, "eu-west-1", aws)).toThrow(expect.objectContaining(failure));
  });

  test("destinationUrl() refuses a region that cannot be one", () => {
    expect(() => destinationUrl("ec2", "x&y=1", aws)).toThrow(Failure);
  });
});

test("consolePages has names that can be typed and paths that are paths", () => {
  for (const [name, page] of Object.entries(consolePages)) {
    expect(name).toMatch(/^[a-z0-9]+$/);
    if (page?.path !== undefined) expect(page.path).toMatch(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/);
  }
});

describe("checkDestination()", () => {
  test.each([
    undefined,
    "ec2",
    "https://console.aws.amazon.com/",
    "https://eu-west-1.console.aws.amazon.com/x",
    "https://console.amazonaws.cn/",
  ])("checkDestination() passes %p, which some console takes", (destination) => {
    expect(() => checkDestination(destination)).not.toThrow();
  });

  test.each(["", "a b", "http://console.aws.amazon.com/", "https://evil.example/", "https://"])(
    "checkDestination() refuses %p, which none takes",
    (destination) => {
      expect(() => checkDestination(destination)).toThrow(expect.objectContaining({ kind: "usage" }));
    },
  );
});
