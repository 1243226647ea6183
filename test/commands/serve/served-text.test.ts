import { expect, test } from "bun:test";
import { addressLines, servedText } from "../../../src/commands/serve/served-text.ts";

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

test("addressLines() warns, and names the variable by which a container finds it", () => {
  expect(addressLines({}, { verbose: true })).toEqual([]);
  expect(addressLines({ metadata: "http://172.17.0.1:4100" }, { verbose: false })).toEqual([
    "aws-login: warning: http://172.17.0.1:4100 gives the credentials to every program that reaches it: instance metadata has no secret",
    "aws-login: a container finds it by AWS_EC2_METADATA_SERVICE_ENDPOINT=http://172.17.0.1:4100/",
  ]);
  for (const own of ["127.0.0.1", "0.0.0.0", "[::]", "[::1]"]) {
    expect(addressLines({ metadata: `http://${own}:4100` }, { verbose: false })[1]).toEndWith(
      "=http://host.docker.internal:4100/",
    );
  }
});

test("addressLines() says with --verbose why programs get a profile", () => {
  const profile = { name: "aws-login", file: "/made/up", because: "sso_session" };
  expect(addressLines({ profile }, { verbose: false })).toEqual([]);
  expect(addressLines({ profile }, { verbose: true })).toEqual([
    "aws-login: programs get AWS_PROFILE=aws-login: SDKs would take sso_session of the default profile",
  ]);
});
