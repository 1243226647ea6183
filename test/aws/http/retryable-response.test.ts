import { describe, expect, test } from "bun:test";
import {
  advisedOnThrottling,
  isRetryableResponse,
  isThrottling,
} from "../../../src/aws/http/retryable-response.ts";
import { Failure } from "../../../src/lib/errors.ts";
import { tooManyRequests } from "../../support/limited-service.ts";

describe("isRetryableResponse()", () => {
  test.each([500, 502, 503, 504, 429])("isRetryableResponse() takes status %d for transient", (status) => {
    expect(isRetryableResponse(status, undefined)).toBe(true);
  });
  test.each([400, 401, 403, 404, 407, 501, 505])(
    "isRetryableResponse() takes status %d for final",
    (status) => {
      expect(isRetryableResponse(status, undefined)).toBe(false);
    },
  );
  test.each(["Throttling", "TooManyRequestsException", "RequestLimitExceeded", "RequestTimeout", "SlowDown"])(
    "isRetryableResponse() goes by the code %s whatever the status",
    (code) => {
      expect(isRetryableResponse(400, code)).toBe(true);
    },
  );
  test.each(["AccessDenied", "ExpiredToken", "ValidationError", "SlowDownException", "throttling"])(
    "isRetryableResponse() takes the code %s for final",
    (code) => {
      expect(isRetryableResponse(400, code)).toBe(false);
    },
  );
});

const errors: Record<string, { error: unknown; expected: boolean }> = {
  "the portal's Failure": { error: tooManyRequests(), expected: true },
  "status 429 with an unknown code": {
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
  "a Failure without a service error": { error: new Failure("failed", "x"), expected: false },
  "any error": { error: new Error("429"), expected: false },
};
for (const [name, { error, expected }] of Object.entries(errors)) {
  test(`isThrottling() ${expected ? "recognizes" : "does not take for throttling"} ${name}`, () => {
    expect(isThrottling(error)).toBe(expected);
  });
}

test("advisedOnThrottling() adds a hint to a throttled call's Failure, and to no other", () => {
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
