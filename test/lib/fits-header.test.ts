import { expect, test } from "bun:test";
import { fitsHeader } from "../../src/lib/fits-header.ts";

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

test("fitsHeader() takes nothing that the runtime would not send as it is", () => {
  for (let code = 0; code < 0x180; code++) {
    const token = `a${String.fromCharCode(code)}b`;
    if (fitsHeader(token)) expect(new Headers({ authorization: token }).get("authorization")).toBe(token);
  }
});
