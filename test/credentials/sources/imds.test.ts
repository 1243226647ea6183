import { describe, expect, test } from "bun:test";
import type { InstanceResponse } from "../../../src/aws/imds/imds.ts";
import { acquireFromInstance } from "../../../src/credentials/sources/imds.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";

const source = {
  kind: "instance-metadata",
  from: "instance metadata",
  skipped: [
    { source: "one", why: "no" },
    { source: "two", why: "no" },
  ],
} as const;
const named = { ...source, namedBy: "credential_source of profile dev" };
const keys = { accessKeyId: "ASIAMADEUP", secretAccessKey: "made-up-secret", sessionToken: "made-up-token" };
const hopLimit = /metadata hop limit must be 2 or more: aws ec2 modify-instance-metadata-options /;

function metadata(response: InstanceResponse) {
  return { credentials: async () => response, region: async () => undefined };
}
const lasting = (expiration: number) =>
  metadata({ kind: "credentials", credentials: { ...keys, expiration }, role: "Machine" });
const absent = (timedOut: boolean) => metadata({ kind: "absent", why: "no service responds", timedOut });

describe("acquireFromInstance()", () => {
  test("acquireFromInstance() gives the credentials and the role's name", async () => {
    const system = fakeSystem();
    expect(await acquireFromInstance(source, lasting(noon + 1), system)).toMatchObject({
      credentials: { ...keys, expiration: noon + 1 },
      role: "Machine",
    });
    expect(system.stderrLines).toEqual([]);
  });

  test("acquireFromInstance() extends expired credentials by a quarter of an hour, with a warning", async () => {
    const system = fakeSystem();
    const { credentials } = await acquireFromInstance(source, lasting(noon), system);
    expect(credentials).toMatchObject({ accessKeyId: "ASIAMADEUP", expiration: noon + 15 * 60 * 1000 });
    expect(system.stderrLines).toEqual([
      "aws-login: warning: instance metadata serves credentials past their expiry; using them as AWS advises",
    ]);
  });

  test("acquireFromInstance() lists every skipped source when there is no service", async () => {
    const failure = await failureOf(() => acquireFromInstance(source, absent(false), fakeSystem()));
    expect(failure.kind).toBe("no-credentials");
    expect(failure.notes).toEqual(["one: no", "two: no", "instance metadata: no service responds"]);
    expect(failure.hints.join()).not.toMatch(hopLimit);
  });

  test("acquireFromInstance() names the hop limit for a timeout in a container, and only there", async () => {
    const inContainer = () => fakeSystem({ files: { "/.dockerenv": "" } });
    for (const [timedOut, system, expected] of [
      [true, inContainer(), true],
      [false, inContainer(), false],
      [true, fakeSystem(), false],
    ] as const) {
      for (const from of [source, named]) {
        const failure = await failureOf(() => acquireFromInstance(from, absent(timedOut), system));
        expect(hopLimit.test(failure.hints.join())).toBe(expected);
      }
    }
  });

  test("acquireFromInstance() names the profile that named instance metadata, and no other source", async () => {
    const failure = await failureOf(() => acquireFromInstance(named, absent(false), fakeSystem()));
    expect(failure).toMatchObject({
      kind: "failed",
      message: "cannot use credential_source of profile dev: no service responds",
      notes: [],
    });
  });

  test("acquireFromInstance() names that profile in a failure of the service, too", async () => {
    const broken = {
      credentials: () => Promise.reject(new Failure("failed", "cannot read instance metadata: x")),
      region: async () => undefined,
    };
    const failures = [source, named].map((from) =>
      failureOf(() => acquireFromInstance(from, broken, fakeSystem())),
    );
    expect((await Promise.all(failures)).map(({ message }) => message)).toEqual([
      "cannot read instance metadata: x",
      "cannot use credential_source of profile dev: cannot read instance metadata: x",
    ]);
  });
});
