import { describe, expect, test } from "bun:test";
import { isInContainer } from "../../../src/credentials/sources/in-container.ts";
import type { FakeSetup } from "../../support/fake-system.ts";
import { fakeSystem } from "../../support/fake-system.ts";

describe("isInContainer()", () => {
  const signs: Record<string, [setup: FakeSetup, inContainer: boolean]> = {
    "finds no sign on a machine": [{}, false],
    "ignores an empty variable": [{ env: { container: "" } }, false],
    "knows a pod": [{ env: { KUBERNETES_SERVICE_HOST: "10.0.0.1" } }, true],
    "knows a task of ECS": [{ env: { ECS_CONTAINER_METADATA_URI_V4: "http://169.254.170.2/v4/x" } }, true],
    "knows Podman by its variable": [{ env: { container: "podman" } }, true],
    "knows Docker by its empty file": [{ files: { "/.dockerenv": "" } }, true],
    "knows Podman by its file": [{ files: { "/run/.containerenv": "engine=podman" } }, true],
    "takes a file that cannot be read for a sign": [{ files: { "/.dockerenv": new Error("EACCES") } }, true],
  };
  for (const [name, [setup, inContainer]] of Object.entries(signs)) {
    test(`isInContainer() ${name}`, async () => {
      expect(await isInContainer(fakeSystem(setup))).toBe(inContainer);
    });
  }
});
