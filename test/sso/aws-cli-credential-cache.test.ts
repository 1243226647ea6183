import { expect, test } from "bun:test";
import { forgetCliCredentials } from "../../src/sso/aws-cli-credential-cache.ts";
import { memoryFiles } from "../support/memory-files.ts";

test("forgetCliCredentials() deletes what the AWS CLI got from Identity Center, and nothing else", async () => {
  const folder = "/home/me/.aws/cli/cache";
  const files = memoryFiles({
    [`${folder}/a.json`]: '{"Credentials": {}, "ProviderType": "sso"}',
    [`${folder}/b.json`]: '{"Credentials": {}}',
    [`${folder}/c.json`]: "[]",
    [`${folder}/session.db`]: "SQLite format 3",
  });
  await forgetCliCredentials(files, "/home/me");
  await forgetCliCredentials(files, "/home/nobody");
  expect(files.log).toEqual([`remove ${folder}/a.json`]);
});
