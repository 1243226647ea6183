import { describe, expect, test } from "bun:test";
import { containerStart } from "../../../src/credentials/sources/container-plan.ts";
import { failureOf } from "../../support/failure.ts";

const relative = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/made-up" };
const full = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:8080/made-up" };
const fromFile = { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/run/token" };
const fromText = { AWS_CONTAINER_AUTHORIZATION_TOKEN: "made-up-text" };

describe("containerStart()", () => {
  test("containerStart() is nothing outside of a container", () => {
    expect(containerStart({})).toBeUndefined();
    expect(
      containerStart({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "", AWS_CONTAINER_CREDENTIALS_FULL_URI: "" }),
    ).toBeUndefined();
    expect(containerStart({ ...fromFile, ...fromText })).toBeUndefined();
  });

  test("containerStart() prefers the relative URI", () => {
    const start = containerStart({ ...full, ...relative });
    expect(start?.address.url.href).toBe("http://169.254.170.2/v2/made-up");
    expect(start?.from).toBe("container credentials (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)");
  });

  test("containerStart() takes the full URI where the relative one is empty", () => {
    const start = containerStart({ ...full, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "" });
    expect(start?.address.url.href).toBe("http://127.0.0.1:8080/made-up");
  });

  test("containerStart() refuses an address before anything is read or sent", async () => {
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://creds.example/x", ...fromFile };
    const failure = await failureOf(() => containerStart(env));
    expect(failure.message).toStartWith(
      "cannot use AWS_CONTAINER_CREDENTIALS_FULL_URI: the host creds.example",
    );
  });

  test("containerStart() knows the token's file, and prefers it to the token", () => {
    expect(containerStart(full)?.authorization).toBeUndefined();
    expect(containerStart({ ...full, ...fromText })?.authorization).toEqual({ text: "made-up-text" });
    expect(containerStart({ ...full, ...fromText, ...fromFile })?.authorization).toEqual({
      file: "/run/token",
    });
  });
});
