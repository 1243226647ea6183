import { expect, test } from "bun:test";
import { seeAlso, topicOf } from "../../src/cli/topic.ts";
import { words } from "./words.ts";

const TOPICS: Record<string, ReturnType<typeof topicOf>> = {
  "": undefined,
  "console --verbose": "console",
  "--verbose console": "console",
  "--profile console": undefined,
  "--profile=login console": "console",
  "runas console": "runas",
  help: "help",
  "help logout": "logout",
  "--frobnicate dumpcreds": "dumpcreds",
};
for (const [line, topic] of Object.entries(TOPICS)) {
  test(`topicOf() finds ${topic ?? "nothing"} in "${line}"`, () => expect(topicOf(words(line))).toBe(topic));
}

test("seeAlso() names the page of the command, or the overview", () => {
  expect(seeAlso(["runas", "x"])).toBe("see: aws-login help runas");
  expect(seeAlso(["x"])).toBe("see: aws-login help");
});
