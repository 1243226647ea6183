import { expect, test } from "bun:test";
import { metadataLines, servedText } from "../../../src/commands/serve/served-text.ts";

const set = {
  credentials: { accessKeyId: "ASIA1", secretAccessKey: "made-up", sessionToken: "made-up" },
  acquired: 0,
  expires: 3_600_000,
};
const known = { ...set, credentials: { ...set.credentials, expiration: 3_600_000 } };

test("servedText() says what is served and until when", () => {
  expect(servedText({ name: "dev", first: known, renewal: "by-itself" })).toBe(
    "serving the credentials of dev, which end at 1970-01-01T01:00:00Z and are renewed before",
  );
  expect(servedText({ name: "dev", first: known, renewal: "needs-person" })).toBe(
    "serving the credentials of dev until 1970-01-01T01:00:00Z",
  );
});

test("servedText() tells no end that is a guess", () => {
  expect(servedText({ name: "dev", first: set, renewal: "by-itself" })).toBe(
    "serving the credentials of dev",
  );
});

test("metadataLines() warns, and names the variable by which a container finds it", () => {
  expect(metadataLines({})).toEqual([]);
  expect(metadataLines({ metadata: "http://172.17.0.1:4100" })).toEqual([
    "aws-login: warning: http://172.17.0.1:4100 gives the credentials to every program that reaches it: instance metadata has no secret",
    "aws-login: a container finds it by AWS_EC2_METADATA_SERVICE_ENDPOINT=http://172.17.0.1:4100/",
  ]);
  for (const own of ["127.0.0.1", "0.0.0.0", "[::]", "[::1]"]) {
    expect(metadataLines({ metadata: `http://${own}:4100` })[1]).toEndWith(
      "=http://host.docker.internal:4100/",
    );
  }
});
