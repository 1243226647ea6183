import { describe, expect, test } from "bun:test";
import {
  idleAfter,
  mostProfiles,
  profileInPath,
  profileRequest,
  serveProfiles,
} from "../../src/endpoint/profile-credentials.ts";
import { Failure } from "../../src/lib/errors.ts";
import { optionsOf } from "../support/options.ts";

function scene(settled?: Promise<void>) {
  const log: string[] = [];
  let now = 0;
  const profiles = serveProfiles(
    (name) => {
      log.push(`open ${name}`);
      return {
        current: async () => new Failure("failed", name),
        renewWhenDue: () => void log.push(`renew ${name}`),
        settle: async () => {
          await settled;
          log.push(`settle ${name}`);
        },
      };
    },
    { now: () => now },
  );
  const wait = (milliseconds: number) => {
    now += milliseconds;
  };
  return { log, profiles, wait };
}

describe("serveProfiles()", () => {
  test("opens a profile at its first request and keeps it", () => {
    const { log, profiles } = scene();
    expect(profiles.of("a")).toBe(profiles.of("a"));
    expect(log).toEqual(["open a"]);
  });

  test("renews those that are still asked for", () => {
    const { log, profiles, wait } = scene();
    profiles.of("a");
    profiles.of("b");
    wait(idleAfter - 1);
    profiles.of("b");
    wait(1);
    profiles.renewWhenDue();
    expect(log).toEqual(["open a", "open b", "renew b"]);
  });

  test("settles all", async () => {
    const { log, profiles } = scene();
    profiles.of("a");
    await profiles.settle();
    expect(log).toEqual(["open a", "settle a"]);
  });

  test("settles a profile that was forgotten while it is renewed", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { log, profiles } = scene(promise);
    for (let number = 0; number <= mostProfiles; number++) profiles.of(`${number}`);
    const settling = profiles.settle();
    resolve();
    await settling;
    expect(log.filter((line) => line.startsWith("settle"))).toContain("settle 0");
    expect(log.filter((line) => line.startsWith("settle")).length).toBe(mostProfiles + 1);
  });

  test("forgets the profile that was asked for longest ago when there are too many", () => {
    const { log, profiles } = scene();
    for (let number = 0; number < mostProfiles; number++) profiles.of(`${number}`);
    profiles.of("0");
    profiles.of("one more");
    log.length = 0;
    profiles.of("0");
    profiles.of("1");
    expect(log).toEqual(["open 1"]);
  });
});

test("profileRequest() keeps nothing that names another identity, and asks no person", () => {
  const request = optionsOf(
    "serve",
    "--assume-roles",
    "arn:aws:iam::111111111111:role/A",
    "--region",
    "eu-west-1",
  );
  const made = profileRequest({ ...request, mfaSerial: "x", ssoRoleName: "y" }, "dev");
  expect(made).toEqual({
    profile: "dev",
    profileFrom: "the path of the request",
    region: "eu-west-1",
    verbose: false,
    useCache: false,
    refresh: "auto",
    useDeviceCode: false,
    noBrowser: false,
    nrt: false,
    remote: false,
    signIn: "never",
    getSessionToken: false,
    getFederationToken: false,
  });
});

test("profileInPath() decodes the name, and takes nothing else", () => {
  expect(profileInPath("/profile/a%20b%2Fc")).toBe("a b/c");
  expect(profileInPath("/profile/a/b@c")).toBe("a/b@c");
  for (const other of [
    "",
    "/",
    "/profile",
    "/profile/",
    "/profile/a?x=1",
    "/role-arn/a",
    "x/profile/a",
    "/profile/%",
  ])
    expect(profileInPath(other)).toBeUndefined();
});
