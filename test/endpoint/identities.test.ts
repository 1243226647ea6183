import { expect, test } from "bun:test";
import { type IdentityPlan, serveIdentities } from "../../src/endpoint/identities.ts";
import { renewalRequest } from "../../src/endpoint/renewal-request.ts";
import { fakeSystem, noon } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { optionsOf } from "../support/options.ts";

const plan = {
  request: renewalRequest(optionsOf("serve", "--profile", "dev")),
  name: "dev",
  first: {
    credentials: { accessKeyId: "ASIAFIRST", secretAccessKey: "made-up", sessionToken: "made-up" },
    acquired: noon,
    expires: noon + 3_600_000,
  },
  renewal: "by-itself",
} as const;
const keys =
  "[other]\naws_access_key_id = ASIAOTHER\naws_secret_access_key = made-up\naws_session_token = made-up\n";

async function identities(profiles: boolean, more: Partial<IdentityPlan> = {}, now = noon) {
  const memory = memoryFiles({ "/home/me/.aws/credentials": keys });
  const system = fakeSystem({
    env: { HOME: "/home/me" },
    instead: { ...memory, now: () => now, sleep: () => new Promise(() => {}) },
  });
  const told: string[] = [];
  const tell = async (lines: readonly string[]) => void told.push(...lines);
  return { served: await serveIdentities({ ...plan, ...more, listening: { profiles } }, system, tell), told };
}

test("serveIdentities() serves the own identity, and profiles only where they are wanted", async () => {
  const { served } = await identities(false);
  expect(await served.at("")?.current()).toBe(plan.first);
  expect(served.own).toBe(served.at("") ?? served.own);
  expect(served.at("/profile/other")).toBeUndefined();
});

test("serveIdentities() acquires a profile, and tells why it cannot", async () => {
  const { served, told } = await identities(true);
  expect(await served.at("/profile/other")?.current()).toMatchObject({
    credentials: { accessKeyId: "ASIAOTHER" },
  });
  expect(await served.at("/profile/nope")?.current()).toMatchObject({ kind: "no-credentials" });
  expect(told[0]).toStartWith("aws-login: error: cannot acquire the credentials of nope: ");
  expect(served.at("/role-arn/x")).toBeUndefined();
});

test("serveIdentities() serves on what only a person can renew, where nothing says when it ends", async () => {
  const later = noon + 5 * 3_600_000;
  const { served } = await identities(false, { renewal: "needs-person" }, later);
  expect(await served.own.current()).toEqual({ ...plan.first, acquired: later, expires: later + 3_600_000 });
  const first = { ...plan.first, credentials: { ...plan.first.credentials, expiration: noon + 3_600_000 } };
  const { served: ending } = await identities(false, { renewal: "needs-person", first }, later);
  expect(await ending.own.current()).toMatchObject({ kind: "sign-in-needed" });
});
