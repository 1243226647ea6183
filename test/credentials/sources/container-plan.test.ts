import { describe, expect, test } from "bun:test";
import { containerSource } from "../../../src/credentials/sources/container-plan.ts";
import { failureOf } from "../../support/failure.ts";

const relative = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/made-up" };
const full = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:8080/made-up" };
const fromFile = { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/run/token" };
const fromText = { AWS_CONTAINER_AUTHORIZATION_TOKEN: "made-up-text" };

describe("containerSource()", () => {
  test("containerSource() is nothing outside of a container", () => {
    expect(containerSource({})).toBeUndefined();
    expect(
      containerSource({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "", AWS_CONTAINER_CREDENTIALS_FULL_URI: "" }),
    ).toBeUndefined();
    expect(containerSource({ ...fromFile, ...fromText })).toBeUndefined();
  });

  test("containerSource() prefers the relative URI", () => {
    const start = containerSource({ ...full, ...relative });
    expect(start?.address.url.href).toBe("http://169.254.170.2/v2/made-up");
    expect(start?.from).toBe("container credentials (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)");
  });

  test("containerSource() takes the full URI where the relative one is empty", () => {
    const start = containerSource({ ...full, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "" });
    expect(start?.address.url.href).toBe("http://127.0.0.1:8080/made-up");
  });

  test("containerSource() refuses an address before anything is read or sent", async () => {
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://creds.example/x", ...fromFile };
    const failure = await failureOf(() => containerSource(env));
    expect(failure.message).toStartWith(
      "cannot use AWS_CONTAINER_CREDENTIALS_FULL_URI: the host creds.example",
    );
  });

  test("containerSource() knows the token's file, and prefers it to the token", () => {
    expect(containerSource(full)?.authorization).toBeUndefined();
    expect(containerSource({ ...full, ...fromText })?.authorization).toEqual({ text: "made-up-text" });
    expect(containerSource({ ...full, ...fromText, ...fromFile })?.authorization).toEqual({
      file: "/run/token",
    });
  });
});
