import { expect, test } from "bun:test";
import { planEndpoint } from "../../src/endpoint/plan-endpoint.ts";
import { fakeSystem, noon } from "../support/fake-system.ts";
import { environmentKeys, optionsOf } from "../support/options.ts";

const session = {
  ...environmentKeys,
  AWS_SESSION_TOKEN: "made-up-token",
  AWS_CREDENTIAL_EXPIRATION: "2030-01-31T13:00:00Z",
};

test("planEndpoint() says until when it serves what only a person can renew", async () => {
  const system = fakeSystem({ env: session });
  const { plan } = await planEndpoint(optionsOf("runas"), system, { port: 4100 });
  expect(plan).toMatchObject({ name: "AKIASTART", renewal: "needs-person", listening: { port: 4100 } });
  expect(plan.first.expires).toBe(noon + 3_600_000);
  expect(system.stderrLines).toEqual([
    "aws-login: warning: the credentials of AKIASTART are served until 2030-01-31T13:00:00Z, and not renewed: the environment has no others",
  ]);
});

const profileText =
  "[dev]\naws_access_key_id = ASIA1\naws_secret_access_key = made-up\naws_session_token = made-up\n";
/** A system with the profile, in a file or in a pipe, which has no fingerprint. */
const systemWithProfile = (fingerprint: string | undefined, text = profileText) =>
  fakeSystem({
    env: { HOME: "/home/me" },
    files: { "/home/me/.aws/credentials": text },
    instead: { fileFingerprint: () => fingerprint },
  });

test("planEndpoint() does not renew what came by a pipe", async () => {
  const system = systemWithProfile(undefined);
  const { plan } = await planEndpoint(optionsOf("runas", "--profile", "dev"), system, {});
  expect(plan.renewal).toBe("needs-person");
  expect(system.stderrLines.join()).toContain("and not renewed: what comes by a pipe is read once");
});

test("planEndpoint() renews what a file gives that is too long for a fingerprint", async () => {
  const system = systemWithProfile(undefined, profileText + "#".repeat(5 * 1024 * 1024));
  const { plan } = await planEndpoint(optionsOf("runas", "--profile", "dev"), system, {});
  expect(plan.renewal).toBe("by-itself");
});

test("planEndpoint() renews the session of a profile by itself, by reading it again", async () => {
  const system = systemWithProfile("1");
  const { plan } = await planEndpoint(optionsOf("runas", "--profile", "dev"), system, {});
  expect(plan).toMatchObject({ name: "dev", renewal: "by-itself", request: { profile: "dev" } });
  expect(system.stderrLines).toEqual([]);
});
