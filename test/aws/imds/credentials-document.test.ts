import { expect, test } from "bun:test";
import { documentCredentials, documentMembers } from "../../../src/aws/imds/credentials-document.ts";
import {
  metadataCredentials as credentials,
  metadataDocument as document,
} from "../../support/fake-metadata.ts";

test("documentCredentials() reads the four members, and an account id where there is one", () => {
  expect(documentCredentials(document)).toEqual(credentials);
  expect(documentCredentials({ ...document, AccountId: "012345678901" })).toEqual({
    ...credentials,
    accountId: "012345678901",
  });
});

for (const name of ["AccessKeyId", "SecretAccessKey", "Token", "Expiration"]) {
  test(`documentCredentials() is undefined without ${name}, which documentMembers names`, () => {
    expect(documentCredentials({ ...document, [name]: undefined })).toBeUndefined();
    expect(documentMembers).toContain(name);
  });
}
