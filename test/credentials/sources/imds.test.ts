import { describe, expect, test } from "bun:test";
import type { InstanceResponse } from "../../../src/aws/imds/imds.ts";
import { acquireFromInstance } from "../../../src/credentials/sources/imds.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";

const start = { kind: "instance-metadata", from: "instance metadata", skipped: ["one", "two"] } as const;
const keys = { accessKeyId: "ASIAMADEUP", secretAccessKey: "made-up-secret", sessionToken: "made-up-token" };

function metadata(answer: InstanceResponse) {
  return { credentials: async () => answer, region: async () => undefined };
}
const lasting = (expiration: number) =>
  metadata({ kind: "credentials", credentials: { ...keys, expiration }, role: "Machine" });

describe("acquireFromInstance()", () => {
  test("acquireFromInstance() gives the credentials and the role's name", async () => {
    const system = fakeSystem();
    expect(await acquireFromInstance(start, lasting(noon + 1), system)).toMatchObject({
      credentials: { ...keys, expiration: noon + 1 },
      role: "Machine",
    });
    expect(system.stderrLines).toEqual([]);
  });

  test("acquireFromInstance() gives credentials past their expiry a quarter of an hour more, with a warning", async () => {
    const system = fakeSystem();
    const { credentials } = await acquireFromInstance(start, lasting(noon), system);
    expect(credentials).toMatchObject({ accessKeyId: "ASIAMADEUP", expiration: noon + 15 * 60 * 1000 });
    expect(system.stderrLines).toEqual([
      "aws-login: warning: instance metadata serves credentials past their expiry; using them as AWS advises",
    ]);
  });

  test("acquireFromInstance() lists every source that was passed over when it is absent too", async () => {
    const absent = metadata({ kind: "absent", why: "nothing answers" });
    const failure = await failureOf(() => acquireFromInstance(start, absent, fakeSystem()));
    expect(failure.kind).toBe("no-credentials");
    expect(failure.notes).toEqual(["one", "two", "instance metadata: nothing answers"]);
  });
});
