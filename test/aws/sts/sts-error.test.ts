import { describe, expect, test } from "bun:test";
import { notFromSts, readStsError } from "../../../src/aws/sts/sts-error.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { shownText } from "../../support/failure.ts";

const secret = "made/up+secret+of+forty+characters+000001";
const token = "made/up+session/token==";
const id = "<RequestId>request-2</RequestId>";

/** The Failure for a response. */
function told(body: string, { status = 403, headers = {} as Record<string, string> } = {}): Failure {
  return readStsError("AssumeRole", { status, headers: new Headers(headers), body }, [secret, token]);
}

function document(error: string, rest = id): string {
  return `<?xml version="1.0"?>\n<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>${error}</Error>${rest}</ErrorResponse>`;
}

describe("readStsError()", () => {
  test("keeps code, message, status and request id", () => {
    const failure = told(document("<Type>Sender</Type><Code>AccessDenied</Code><Message>Not you.</Message>"));
    expect(failure.message).toBe("AccessDenied: Not you.");
    expect(failure.kind).toBe("failed");
    expect(failure.serviceError).toEqual({
      code: "AccessDenied",
      message: "Not you.",
      status: 403,
      requestId: "request-2",
    });
  });

  const messages: Record<string, [message: string, shown: string]> = {
    "decodes entities": ["&lt;a&gt; &amp; &#233;", "AccessDenied: <a> & é"],
    "puts the message on one line": ["\n  one\n  two\r\n\tthree ", "AccessDenied: one two three"],
    "leaves the colon out where there is no message": ["", "AccessDenied"],
    "cuts the recital of the canonical string": [
      `The request signature we calculated does not match.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:${token}'`,
      "AccessDenied: The request signature we calculated does not match.",
    ],
    "cuts the recital of the string to sign": [
      `No match. The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n${token}'`,
      "AccessDenied: No match.",
    ],
    "shows the code alone when there is only a recital": [
      `The Canonical String for this request should have been ${token}`,
      "AccessDenied",
    ],
    "leaves secrets out wherever they stand": [
      `${secret} and ${token} and ${token}`,
      "AccessDenied: (a secret, left out) and (a secret, left out) and (a secret, left out)",
    ],
  };
  test.each(Object.entries(messages))("%s", (_, [message, shown]) => {
    const failure = told(document(`<Code>AccessDenied</Code><Message>${message}</Message>`));
    expect(failure.message).toBe(shown);
    expect(shownText(failure)).not.toContain("made/up");
  });

  test("goes without a message element, a type and a request id", () => {
    const failure = told(document("<Code>\n Throttling </Code>", ""));
    expect(failure.serviceError).toEqual({ code: "Throttling", message: "", status: 403 });
  });

  test("takes the request id from the header where the document has none", () => {
    const headers = { "x-amzn-RequestId": "request-3" };
    expect(told(document("<Code>Throttling</Code>", ""), { headers }).serviceError?.requestId).toBe(
      "request-3",
    );
  });

  const unexpected: Record<string, [body: string, status: number, why: string]> = {
    "an empty response": ["", 503, ": cannot read the text as XML: an early end (line 1, offset 0)"],
    "a page": [
      "<!DOCTYPE html><html><body>made/up</body></html>",
      502,
      ": cannot read the text as XML: a web page (line 1, offset 0)",
    ],
    "a response that broke off": [
      "<ErrorResponse><Error><Code>Acc",
      403,
      ": cannot read the text as XML: an early end (line 1, offset 31)",
    ],
    "a document of another service": ["<Error><Code>AccessDenied</Code><a>made/up</a></Error>", 403, ""],
    "an error without a code": [document("<Message>made/up</Message>"), 400, ""],
  };
  test.each(Object.entries(unexpected))(
    "does not take %s for a response of STS",
    (_, [body, status, why]) => {
      const failure = told(body, { status, headers: { "content-type": "text/html; charset=utf-8" } });
      expect(failure.message).toBe(
        `the response to AssumeRole (status ${status}, text/html, ${body.length} characters) is not one of STS${why}`,
      );
      expect(failure.serviceError).toBeUndefined();
      expect(shownText(failure)).not.toContain("made/up");
      expect(failure.hints.join()).toContain("a captive portal, a proxy, or a wrong endpoint URL");
    },
  );
});

describe("notFromSts()", () => {
  test("says that there is no content type, and nothing of an unknown cause", () => {
    const response = { status: 200, headers: new Headers(), body: "made/up" };
    const failure = notFromSts("GetCallerIdentity", response, new Error("made/up"));
    expect(failure.message).toBe(
      "the response to GetCallerIdentity (status 200, no content type, 7 characters) is not one of STS",
    );
  });

  test("repeats why it is no XML", () => {
    const response = { status: 200, headers: new Headers({ "content-type": "text/xml" }), body: "" };
    const failure = notFromSts("GetCallerIdentity", response, new Failure("failed", "an early end"));
    expect(failure.message).toEndWith("is not one of STS: an early end");
  });
});
