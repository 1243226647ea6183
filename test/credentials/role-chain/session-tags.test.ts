import { describe, expect, test } from "bun:test";
import { sessionTags } from "../../../src/credentials/role-chain/session-tags.ts";
import { configPath, failureOf, profileOf } from "../../config/from-text.ts";

const read = (...lines: string[]) => sessionTags(profileOf(...lines));
const tag = (key: string, value: string) => ({ key, value });

describe("sessionTags()", () => {
  test("sessionTags() is empty without the settings, and where they are empty", () => {
    expect(read()).toEqual({});
    expect(read("session_tags =", "transitive_session_tags = ,")).toEqual({});
  });

  test("sessionTags() reads keys and values without the blanks around them", () => {
    expect(read("session_tags = team=blue, cost center = a = b ,empty=")).toEqual({
      tags: [tag("team", "blue"), tag("cost center", "a = b"), tag("empty", "")],
    });
  });

  test("sessionTags() takes the last value of a repeated key", () => {
    expect(read("session_tags = a=1,b=2,a=3").tags).toEqual([tag("a", "3"), tag("b", "2")]);
  });

  test("sessionTags() reads the transitive keys", () => {
    expect(read("transitive_session_tags = team, ,cost center")).toEqual({
      transitiveTagKeys: ["team", "cost center"],
    });
  });

  test.each(["made-up", "a=1,made-up", "a=1,", "=made-up"])(
    "sessionTags() refuses %s and names the setting, not the value",
    async (value) => {
      const { message } = await failureOf(() => read(`session_tags = ${value}`));
      expect(message).toStartWith(`cannot use session_tags (${configPath}:2): element `);
      expect(message).not.toContain("made-up");
    },
  );
});
