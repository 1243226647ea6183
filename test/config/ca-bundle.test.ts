import { describe, expect, test } from "bun:test";
import { caBundle } from "../../src/config/ca-bundle.ts";
import { configPath, failureOf, profileOf } from "./from-text.ts";

const profile = profileOf("ca_bundle = ~/ca.pem");

describe("caBundle", () => {
  test("caBundle takes the variable first", () => {
    expect(caBundle({ AWS_CA_BUNDLE: "/etc/ca.pem" }, profile, "/home/me")).toEqual({
      path: "/etc/ca.pem",
      source: "AWS_CA_BUNDLE",
    });
  });
  test("caBundle takes the profile next and puts the home directory for a tilde", () => {
    expect(caBundle({}, profile, "/home/me")).toEqual({
      path: "/home/me/ca.pem",
      source: `ca_bundle (${configPath}:2)`,
    });
  });
  test("caBundle is undefined when nobody set it", () => {
    expect(caBundle({}, undefined, "/home/me")).toBeUndefined();
  });
  test("caBundle refuses an empty variable", () => {
    expect(failureOf(() => caBundle({ AWS_CA_BUNDLE: "" }, profile, "/home/me")).message).toBe(
      "cannot use AWS_CA_BUNDLE: it is set but empty",
    );
  });
  test("caBundle refuses an empty setting", () => {
    expect(failureOf(() => caBundle({}, profileOf("ca_bundle ="), "/home/me")).message).toBe(
      `cannot use ca_bundle (${configPath}:2): it is set but empty`,
    );
  });
});
