/** A system whose files are the made-up keys and certificates, under `/keys`. */
import type { System } from "../../../../src/system/types.ts";
import { type FakeSetup, type FakeSystem, fakeSystem } from "../../../support/fake-system.ts";
import { fixture } from "./fixtures.ts";

/** `extra` has further files by path; `open` are those that others can read. */
export function keySystem(
  setup: FakeSetup = {},
  extra: Readonly<Record<string, string>> = {},
  open: readonly string[] = [],
): FakeSystem {
  const files: Pick<System, "readBytes" | "isReadableByOthers"> = {
    readBytes: async (path) => {
      const text = extra[path];
      if (text !== undefined) return new TextEncoder().encode(text);
      return path.startsWith("/keys/") ? fixture(path.slice("/keys/".length)) : undefined;
    },
    isReadableByOthers: async (path) => open.includes(path),
  };
  return fakeSystem({ env: { HOME: "/home/me" }, ...setup, instead: { ...files, ...setup.instead } });
}
