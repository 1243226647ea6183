import { describe, expect, test } from "bun:test";
import {
  chooseProfile,
  chosenProfile,
  IDENTITY_CENTER_HINT,
  type ProfileChoice,
} from "../../src/config/profile-choice.ts";
import type { Environment } from "../../src/system/types.ts";
import { configPath, credentialsPath, failureOf, sharedFrom } from "./from-text.ts";

const both = { AWS_PROFILE: "one", AWS_DEFAULT_PROFILE: "two" };
const choices: Record<string, { option?: string; env: Environment; choice: ProfileChoice }> = {
  "takes the option first": { option: "zero", env: both, choice: { name: "zero", source: "--profile" } },
  "takes AWS_PROFILE next": { env: both, choice: { name: "one", source: "AWS_PROFILE" } },
  "takes AWS_DEFAULT_PROFILE next": {
    env: { ...both, AWS_PROFILE: "" },
    choice: { name: "two", source: "AWS_DEFAULT_PROFILE" },
  },
  "falls back on default": { env: { AWS_PROFILE: "" }, choice: { name: "default", source: "default" } },
};

describe("chooseProfile()", () => {
  for (const [sentence, { option, env, choice }] of Object.entries(choices)) {
    test(`chooseProfile() ${sentence}`, () => expect(chooseProfile(option, env)).toEqual(choice));
  }

  test("chooseProfile() refuses an empty option", () => {
    expect(failureOf(() => chooseProfile("", both)).kind).toBe("usage");
  });

  test("chooseProfile() refuses a name that is not UTF-8, and says what gave it", () => {
    const ofOption = failureOf(() => chooseProfile("p\ufffd", {}));
    expect([ofOption.kind, ofOption.message]).toEqual([
      "usage",
      "cannot use --profile: the name p\ufffd is not UTF-8",
    ]);
    const ofVariable = failureOf(() => chooseProfile(undefined, { AWS_PROFILE: "\ufffd" }));
    expect(ofVariable.message).toBe("cannot use AWS_PROFILE: the name \ufffd is not UTF-8");
    const ofRequest = failureOf(() => chooseProfile("\ufffd", {}, "the path of the request"));
    expect(ofRequest.message).toBe("cannot use the path of the request: the name \ufffd is not UTF-8");
  });
});

describe("chosenProfile()", () => {
  test("chosenProfile() says what named a missing profile in the place of the option", () => {
    const choice = chooseProfile("nope", both, "the path of the request");
    const failure = failureOf(() => chosenProfile(choice, sharedFrom("")));
    expect(failure.message).toStartWith("cannot use profile nope (from the path of the request): ");
  });

  test("chosenProfile() finds the profile", () => {
    const shared = sharedFrom("[profile a]\nx = 1");
    expect(chosenProfile({ name: "a", source: "AWS_PROFILE" }, shared)?.get("x")?.value).toBe("1");
  });
  test("chosenProfile() does without a default profile that --profile does not name", () => {
    expect(chosenProfile({ name: "default", source: "default" }, sharedFrom(""))).toBeUndefined();
    expect(chosenProfile({ name: "default", source: "AWS_PROFILE" }, sharedFrom(""))).toBeUndefined();
  });
  test("chosenProfile() refuses a missing default profile that --profile names", () => {
    const failure = failureOf(() => chosenProfile({ name: "default", source: "--profile" }, sharedFrom("")));
    expect(failure.kind).toBe("no-credentials");
  });

  test("chosenProfile() names a missing profile, what named it and both files", () => {
    const shared = sharedFrom("[default]\naws_access_key_id = AKIAEXAMPLE");
    const failure = failureOf(() => chosenProfile({ name: "nosuch", source: "AWS_PROFILE" }, shared));
    expect(failure.kind).toBe("no-credentials");
    expect(failure.message).toBe(
      `cannot use profile nosuch (from AWS_PROFILE): it is neither in ${configPath} nor in ${credentialsPath}`,
    );
  });

  const hints: Record<string, { config: string; name: string; hint: string }> = {
    "suggests the nearest name": {
      config: "[profile prod]\n[profile dev]",
      name: "prdo",
      hint: "did you mean prod?",
    },
    "lists the profiles with the name in theirs": {
      config: ["zeta", "Prod-Payments-Admin", "prod-payments-ReadOnly", "prod-payment"]
        .map((name) => `[profile ${name}]`)
        .join("\n"),
      name: "Prod-Payments",
      hint: "the profiles with Prod-Payments in their names are: Prod-Payments-Admin, prod-payments-ReadOnly",
    },
    "suggests the only profile with the name in its own": {
      config: "[profile company-payments-admin]\n[profile paymen]",
      name: "payments",
      hint: "did you mean company-payments-admin?",
    },
    "suggests a name that differs in case only": {
      config: "[profile prod]\n[profile prod-2]",
      name: "PROD",
      hint: "did you mean prod?",
    },
    "shows the word profile in another case": {
      config: "[Profile prod]\n",
      name: "prod",
      hint: `line 1 of ${configPath} must read [profile prod]`,
    },
    "lists the profiles when none is near": {
      config: "[profile prod]\n[profile dev]",
      name: "acceptance",
      hint: "the profiles are: prod, dev",
    },
    "lists the first of many profiles": {
      config: Array.from({ length: 11 }, (_, n) => `[profile account-${n}]`).join("\n"),
      name: "zzz",
      hint: "the profiles are: account-0, account-1, account-2, account-3, account-4, account-5, account-6, account-7 and 3 more",
    },
    "shows a header that lacks the word profile": {
      config: "[prod]\n",
      name: "prod",
      hint: `line 1 of ${configPath} must read [profile prod]`,
    },
    "shows a name that lacks its quotes": {
      config: "\n[profile my prof]\n",
      name: "my prof",
      hint: `line 2 of ${configPath} must read [profile 'my prof']`,
    },
    "says how to make a profile when there are none": {
      config: "",
      name: "prod",
      hint: `make the profile with: aws configure --profile prod / ${IDENTITY_CENTER_HINT}`,
    },
    "quotes a name that a shell would split": {
      config: "",
      name: "prod; x",
      hint: `make the profile with: aws configure --profile 'prod; x' / ${IDENTITY_CENTER_HINT}`,
    },
  };
  for (const [sentence, { config, name, hint }] of Object.entries(hints)) {
    test(`chosenProfile() ${sentence}`, () => {
      const failure = failureOf(() => chosenProfile({ name, source: "--profile" }, sharedFrom(config)));
      expect(failure.hints.join(" / ")).toBe(hint);
    });
  }
});
