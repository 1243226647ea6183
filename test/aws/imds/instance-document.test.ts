import { describe, expect, test } from "bun:test";
import { readInstanceDocument } from "../../../src/aws/imds/instance-document.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import {
  metadataCredentials as credentials,
  metadataDocument as document,
} from "../../support/fake-metadata.ts";

const doing = "cannot get the credentials of Web from instance metadata";

describe("readInstanceDocument()", () => {
  test("reads the four values", () => {
    expect(readInstanceDocument(JSON.stringify(document), "Web", [])).toEqual({ credentials });
  });

  test("reads the account id of the newer path, zero included", () => {
    const text = JSON.stringify({ ...document, AccountId: "012345678901" });
    expect(readInstanceDocument(text, "Web", [])).toEqual({
      credentials: { ...credentials, accountId: "012345678901" },
    });
  });

  test("reads a document without a verdict, and a time with an offset and a fraction", () => {
    const { Code: _, ...rest } = { ...document, Expiration: "2030-01-31T20:00:00.123456+02:00" };
    const expiration = Date.UTC(2030, 0, 31, 18, 0, 0, 123);
    expect(readInstanceDocument(JSON.stringify(rest), "Web", [])).toEqual({
      credentials: { ...credentials, expiration },
    });
  });

  const errors: Record<string, [text: string, says: string]> = {
    "tells an error that comes with status 200": [
      JSON.stringify({ Code: "AssumeRoleUnauthorizedAccess", Message: "EC2 cannot assume the role Web." }),
      "AssumeRoleUnauthorizedAccess: EC2 cannot assume the role Web.",
    ],
    "tells an error without a message": [JSON.stringify({ Code: "InternalError" }), "InternalError"],
    "goes by the verdict, not by the keys beside it": [
      JSON.stringify({ ...document, Code: "Failed" }),
      "Failed",
    ],
  };
  test.each(Object.entries(errors))("readInstanceDocument() %s", async (_, [text, says]) => {
    const failure = await failureOf(() => readInstanceDocument(text, "Web", []));
    expect(failure.message).toBe(`${doing}: ${says}`);
    expect(failure.kind).toBe("failed");
    expect(shownText(failure)).not.toMatch(/made\/up/);
  });

  const unusable: Record<string, [text: string, says: string]> = {
    "tells a page": ["<html>made/up+secret</html>", "the response is not a JSON object"],
    "tells JSON that broke off": [JSON.stringify(document).slice(0, -5), "the response is not a JSON object"],
    ...Object.fromEntries(
      [undefined, null, "", 5, { a: 1 }].flatMap((value) =>
        ["AccessKeyId", "SecretAccessKey", "Token", "Expiration"].map((name) => [
          `tells the lack of ${name} (${JSON.stringify(value)})`,
          [
            JSON.stringify({ ...document, [name]: value }),
            "the response lacks AccessKeyId, SecretAccessKey, Token or a readable Expiration",
          ],
        ]),
      ),
    ),
    "does not take SessionToken for Token": [
      JSON.stringify({ ...document, Token: undefined, SessionToken: "made/up+token==" }),
      "the response lacks AccessKeyId, SecretAccessKey, Token or a readable Expiration",
    ],
    "tells an empty document": [
      "{}",
      "the response lacks AccessKeyId, SecretAccessKey, Token or a readable Expiration",
    ],
    "tells an expiration that is no time": [
      JSON.stringify({ ...document, Expiration: "tomorrow" }),
      "the response lacks AccessKeyId, SecretAccessKey, Token or a readable Expiration",
    ],
    ...Object.fromEntries(
      ["null", "5", '"text"', "[]"].map((text) => [
        `tells JSON that is no object: ${text}`,
        [text, "the response is not a JSON object"],
      ]),
    ),
  };
  test.each(Object.entries(unusable))(
    "readInstanceDocument() returns a Failure that %s",
    (_, [text, says]) => {
      const read = readInstanceDocument(text, "Web", []);
      const failure = "unusable" in read ? read.unusable : undefined;
      expect([failure?.kind, failure?.message]).toEqual(["failed", `${doing}: ${says}`]);
      expect(failure && shownText(failure)).not.toMatch(/made\/up/);
    },
  );

  test("takes secrets out of an error's message before it cuts the message short", async () => {
    const token = `AQAE${"made-up-token_".repeat(4)}==`;
    const text = JSON.stringify({ Code: "Failed", Message: `you sent ${token} ${"x".repeat(280)} ${token}` });
    const failure = await failureOf(() => readInstanceDocument(text, "Web", [token]));
    expect(failure.message).toStartWith(`${doing}: Failed: you sent (a secret, left out) xxx`);
    expect(failure.message).not.toContain("made-up");
    expect(failure.message.length).toBeLessThan(400);
  });
});
