import { expect, test } from "bun:test";
import { fitsHeader } from "../../../src/aws/sso/access-token.ts";

const tokens: Record<string, [string, boolean]> = {
  "takes a token as services give it": ["aoaAAAA-_.~+/=:canary", true],
  "refuses an empty one": ["", false],
  "refuses a line end within": ["one\r\ntwo", false],
  "refuses a line end after it": ["one\n", false],
  "refuses a blank": ["one two", false],
  "refuses a control character": ["one\u0000", false],
  "refuses what is not ASCII": ["on\u00e9", false],
};
for (const [sentence, [token, fits]] of Object.entries(tokens)) {
  test(`fitsHeader() ${sentence}`, () => expect(fitsHeader(token)).toBe(fits));
}
