import { expect, test } from "bun:test";
import { type Candidate, sortKey } from "../../src/targets/candidate.ts";
import { recentChoices, rememberChoice } from "../../src/targets/recent.ts";
import { memoryFiles } from "../support/memory-files.ts";

const folder = "/home/me/.aws-login";
const named = (profile: string): Candidate => ({ profile, options: {} });
const ignore = () => {};

test("rememberChoice() puts the latest choice first, each once, twenty at most", async () => {
  const files = memoryFiles();
  for (let index = 0; index < 25; index++) await rememberChoice(named(`p${index}`), files, folder, ignore);
  await rememberChoice(named("p20"), files, folder, ignore);
  const recent = await recentChoices(files, folder, ignore);
  expect(recent).toHaveLength(20);
  expect(recent.slice(0, 2)).toEqual([sortKey(named("p20")), sortKey(named("p24"))]);
});

test("rememberChoice() writes nothing for what is first already", async () => {
  const files = memoryFiles();
  await rememberChoice(named("p"), files, folder, ignore);
  const writes = files.log.length;
  await rememberChoice(named("p"), files, folder, ignore);
  expect(files.log.slice(writes)).not.toContain(`write ${folder}/recent.json`);
});

test("recentChoices() has none where the file cannot be read, and says so to the trace", async () => {
  const told: string[] = [];
  const broken = { ...memoryFiles(), readOwn: async () => Promise.reject(new Error("EACCES")) };
  expect(await recentChoices(broken, folder, (line) => told.push(line))).toEqual([]);
  expect(told[0]).toContain("EACCES");
  expect(await recentChoices(memoryFiles({ [`${folder}/recent.json`]: "[]" }), folder, ignore)).toEqual([]);
  expect(await recentChoices(broken, undefined, ignore)).toEqual([]);
});
