import { afterAll, beforeAll, expect, test } from "bun:test";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparePeers, type Peer } from "../../../scripts/bench/peers.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "peers-"));
});
afterAll(() => rm(folder, { recursive: true }));

const roles = { jump: "", relay: "", deploy: "", reader: "", ring: "arn:ring", closed: "" };
const keys = { ana: { accessKeyId: "AKIAMADEUP", secretAccessKey: "made-up" } };

async function program(name: string, ...lines: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, ["#!/bin/sh", ...lines, ""].join("\n"));
  await chmod(path, 0o755);
  return path;
}

const compared = (ours: string, peers: readonly Peer[]) =>
  comparePeers(
    ours,
    { folder, roles, keys, proxyEnv: {} },
    { runs: 1, path: `${folder}:/usr/bin:/bin`, peers },
  );

test("comparePeers() measures a peer that has the keys, with its cache and without", async () => {
  const log = join(folder, "log");
  await program(
    "other",
    `[ "$1" = add ] && echo "add $AWS_ACCESS_KEY_ID" >> ${log}`,
    `[ "$1" = print ] && grep -q arn:ring "$HOME/.aws/config" && echo "$(ls "$HOME/cache" 2>/dev/null)." >> ${log}`,
    'mkdir -p "$HOME/cache" && touch "$HOME/cache/kept"',
  );
  const peer = { program: "other", prepare: ["add"], words: ["print"], caches: ["cache"] };
  const { rows, notes } = await compared(await program("ours", "exit 0"), [peer]);
  expect(notes).toEqual([]);
  expect(rows.map(({ what, measure }) => `${what}: ${measure}`)).toEqual([
    "other, cached role, times ours: CPU",
    "other, cached role, times ours: wall",
    "other, role, not cached, times ours: CPU",
    "other, role, not cached, times ours: wall",
  ]);
  // A first run of each pair only warms up.
  expect((await Bun.file(log).text()).split("\n")).toEqual([
    "add AKIAMADEUP",
    "kept.",
    "kept.",
    ".",
    ".",
    "",
  ]);
});

test("comparePeers() names a peer that is missing, and why one failed", async () => {
  await program("broken", "echo not signed in >&2; echo more >&2; exit 3");
  const words = ["print"];
  const { rows, notes } = await compared(await program("ours", "exit 0"), [
    { program: "no-such-peer", words, caches: [] },
    { program: "broken", words, caches: [] },
  ]);
  expect(rows).toEqual([]);
  expect(notes).toEqual([
    "no-such-peer: not on PATH",
    `broken: not measured: ${folder}/broken print ended with 3: not signed in`,
  ]);
});
