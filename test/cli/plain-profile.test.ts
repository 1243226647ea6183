import { describe, expect, test } from "bun:test";
import { parse } from "../../src/cli/parse.ts";
import { plainProfile } from "../../src/cli/plain-profile.ts";

const read: Record<string, readonly string[]> = {
  "a profile": ["dumpcreds", "--profile", "dev"],
  "a helper's profile": ["dumpcreds", "--profile", "dev", "--credential-helper"],
  "a helper's profile, last": ["dumpcreds", "--credential-helper", "--profile", "dev"],
  "a profile by the name of a command": ["dumpcreds", "--profile", "dumpcreds"],
};

const left: Record<string, readonly string[]> = {
  "of another command": ["getcallerid", "--profile", "dev"],
  "without a profile": ["dumpcreds", "--credential-helper"],
  "with another option": ["dumpcreds", "--profile", "dev", "--verbose"],
  "with an option's value": ["dumpcreds", "--profile", "dev", "--credential-helper", "--region", "eu-west-1"],
  "with a word": ["dumpcreds", "dev", "--profile"],
  "with two profiles": ["dumpcreds", "--profile", "one", "--profile", "two"],
  "whose profile is an option": ["dumpcreds", "--profile", "--credential-helper"],
  "whose profile is empty": ["dumpcreds", "--profile", ""],
  "whose profile has lost bytes": ["dumpcreds", "--profile", "d\ufffdv"],
  "whose flag has a value": ["dumpcreds", "--profile", "dev", "--credential-helper=yes"],
  "with a program": ["dumpcreds", "--profile", "dev", "--"],
};

describe("plainProfile()", () => {
  test.each(Object.entries(read))("plainProfile() reads %s as parse() does", (_, words) => {
    const invocation = parse(words);
    if (!("options" in invocation)) throw new Error("parse() found no options");
    const { profile, credentialHelper } = invocation.options;
    expect(plainProfile(words)).toEqual({ profile: profile ?? "", credentialHelper });
  });

  test.each(Object.entries(left))("plainProfile() leaves a command line %s to parse()", (_, words) => {
    expect(plainProfile(words)).toBeUndefined();
  });
});
