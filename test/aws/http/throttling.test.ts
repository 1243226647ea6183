import { expect, test } from "bun:test";
import { advisedOnThrottling, isThrottling } from "../../../src/aws/http/throttling.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { tooManyRequests } from "../../support/limited-service.ts";

const errors: Record<string, { error: unknown; expected: boolean }> = {
  "the portal's Failure": { error: tooManyRequests(), expected: true },
  "status 429 with a code nobody knows": {
    error: new Failure("failed", "x", { serviceError: { code: "HTTP 429", message: "", status: 429 } }),
    expected: true,
  },
  "a throttling code with another status": {
    error: new Failure("failed", "x", {
      serviceError: { code: "ThrottlingException", message: "", status: 400 },
    }),
    expected: true,
  },
  "another refusal": {
    error: new Failure("failed", "x", {
      serviceError: { code: "ForbiddenException", message: "", status: 403 },
    }),
    expected: false,
  },
  "a Failure without an answer": { error: new Failure("failed", "x"), expected: false },
  "any error": { error: new Error("429"), expected: false },
};
for (const [name, { error, expected }] of Object.entries(errors)) {
  test(`isThrottling ${expected ? "knows" : "does not take for throttling"} ${name}`, () => {
    expect(isThrottling(error)).toBe(expected);
  });
}

test("advisedOnThrottling adds what helps to a throttled call's Failure, and to no other", () => {
  const other = new Failure("failed", "x", {
    serviceError: { code: "AccessDenied", message: "", status: 403 },
  });
  expect(advisedOnThrottling(other, 3)).toBe(other);
  const throttled = new Failure("failed", "x", {
    notes: ["a note"],
    hints: ["a hint"],
    serviceError: { code: "Throttling", message: "", status: 400 },
  });
  expect(advisedOnThrottling(throttled, 3)).toMatchObject({
    kind: "failed",
    message: "x",
    notes: ["a note"],
    hints: [
      "a hint",
      "wait a little and run the command again, or let it try more often than 3 times: AWS_MAX_ATTEMPTS=9",
    ],
    serviceError: throttled.serviceError,
  });
});
