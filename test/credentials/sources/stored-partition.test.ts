import { expect, test } from "bun:test";
import { storedPartition } from "../../../src/credentials/sources/stored-partition.ts";
import { storeImportedToken } from "../../../src/sso/own-token-cache.ts";
import { failureOf } from "../../support/failure.ts";
import { noSealing } from "../../support/fake-key-store.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { memoryFiles } from "../../support/memory-files.ts";

const startUrl = "https://d-1234567890.awsapps.com/start";
const own = { kind: "own", startUrl: undefined, region: undefined } as const;
const token = (region: string) => ({ accessToken: "t", expiresAt: "2030-01-31T13:00:00Z", startUrl, region });

async function partitionAfter(region: string): Promise<string | undefined> {
  const system = fakeSystem({ env: { HOME: "/home/me" }, instead: memoryFiles() });
  await storeImportedToken(system, "/home/me/.aws-login", startUrl, token(region), {}, noSealing);
  return (await storedPartition(own, undefined, { nrt: false, signIn: "never" }, system))?.id;
}

test.each([
  ["us-gov-west-1", "aws-us-gov"],
  ["fips-us-gov-west-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
  ["eu-west-1", "aws"],
])("storedPartition() of a token of %s is %s", async (region, partition) => {
  expect(await partitionAfter(region)).toBe(partition);
});

test("storedPartition() asks for a sign-in where no portal is stored", async () => {
  const system = fakeSystem({ env: { HOME: "/home/me" }, instead: memoryFiles() });
  expect(
    (await failureOf(() => storedPartition(own, undefined, { nrt: false, signIn: "never" }, system))).kind,
  ).toBe("sign-in-needed");
});

test("storedPartition() goes by the opened portal, and knows nothing of a company's own host before that", async () => {
  const choice = { kind: "memory", startUrl: "https://aws.example.com/start", region: "us-east-1" } as const;
  const system = fakeSystem();
  expect(await storedPartition(choice, undefined, { nrt: false, signIn: "never" }, system)).toBeUndefined();
  expect(
    (await storedPartition(choice, { region: "us-gov-east-1" }, { nrt: false, signIn: "never" }, system))?.id,
  ).toBe("aws-us-gov");
});
