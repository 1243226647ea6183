import { describe, expect, test } from "bun:test";
import { readRoleObject } from "../../../src/credentials/role-chain/role-object.ts";
import { failureOf } from "../../support/failure.ts";
import { deployArn } from "../../support/plans.ts";

const where = "role 1 of --assume-roles";
const read = (members: object) => readRoleObject({ RoleArn: deployArn, ...members }, where) as object;

describe("readRoleObject()", () => {
  test("reads all members under AWS's names", () => {
    const members = {
      ExternalId: "x1",
      RoleSessionName: "ana",
      DurationSeconds: 900,
      SourceIdentity: "ana",
      Policy: '{"Version":"2012-10-17"}',
      PolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      Tags: [{ Key: "team", Value: "blue" }],
      TransitiveTagKeys: ["team"],
    };
    expect(read(members)).toEqual({
      roleArn: deployArn,
      externalId: "x1",
      roleSessionName: "ana",
      durationSeconds: 900,
      durationSource: `DurationSeconds of ${where}`,
      sourceIdentity: "ana",
      policy: '{"Version":"2012-10-17"}',
      policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      tags: [{ key: "team", value: "blue" }],
      transitiveTagKeys: ["team"],
    });
  });

  const readings: Record<string, [members: object, read: object]> = {
    "leaves out what is not there": [{}, {}],
    "takes blanks off the ARN": [{ RoleArn: ` ${deployArn}\n` }, {}],
    "takes seconds that are text": [
      { DurationSeconds: "3600" },
      { durationSeconds: 3600, durationSource: `DurationSeconds of ${where}` },
    ],
    "takes a policy that is a document": [{ Policy: { Version: "1" } }, { policy: '{"Version":"1"}' }],
    "takes policy ARNs as the AWS CLI does": [
      { PolicyArns: [{ arn: "arn:a" }, "arn:b"] },
      { policyArns: ["arn:a", "arn:b"] },
    ],
    "takes a tag with an empty value": [
      { Tags: [{ Key: "team", Value: "" }] },
      { tags: [{ key: "team", value: "" }] },
    ],
    "takes empty lists": [
      { PolicyArns: [], Tags: [] },
      { policyArns: [], tags: [] },
    ],
  };
  test.each(Object.entries(readings))("%s", (_, [members, more]) => {
    expect(read(members)).toEqual({ roleArn: deployArn, ...more });
  });

  const list = 'Tags must be a list like [{"Key": "team", "Value": "blue"}]';
  const whole = "DurationSeconds must be a whole number";
  const document = "Policy must be a policy document or its text";
  const wrong: Record<string, [members: object, says: string]> = {
    "no ARN": [{ RoleArn: undefined }, "it has no RoleArn"],
    "an empty ARN": [{ RoleArn: "" }, "RoleArn must be text that is not empty"],
    "an ARN that is no text": [{ RoleArn: 5 }, "RoleArn must be text that is not empty"],
    "an external id that is a number": [{ ExternalId: 12345 }, "ExternalId must be text that is not empty"],
    "a member that is null": [{ SourceIdentity: null }, "SourceIdentity must be text that is not empty"],
    "half a second": [{ DurationSeconds: 900.5 }, whole],
    "seconds in words": [{ DurationSeconds: "an hour" }, whole],
    "a list of seconds": [{ DurationSeconds: [900] }, whole],
    "an empty policy": [{ Policy: "" }, document],
    "a list of policies": [{ Policy: [] }, document],
    "tags as a record": [{ Tags: { team: "blue" } }, list],
    "a tag that is null": [{ Tags: [null] }, list],
    "a tag without a value": [{ Tags: [{ Key: "team" }] }, list],
    "a tag whose value is a number": [{ Tags: [{ Key: "team", Value: 5 }] }, list],
  };
  test.each(Object.entries(wrong))("refuses %s", async (_, [members, says]) => {
    const failure = await failureOf(() => read(members));
    expect(failure.message).toBe(`cannot use ${where}: ${says}`);
    expect(failure.kind).toBe("usage");
  });

  test.each(["PolicyArns", "TransitiveTagKeys"])("refuses %s that are no list of text", async (name) => {
    for (const value of ["arn:a", [5], [""], [null], [{}], { arn: "arn:a" }]) {
      const failure = await failureOf(() => read({ [name]: value }));
      expect(failure.message).toBe(`cannot use ${name} of ${where}: it must be a list of text`);
    }
  });

  test("refuses a member it does not know, and guesses which was meant", async () => {
    const misspelt = await failureOf(() => read({ ExternalID: "x1" }));
    expect(misspelt.message).toBe(`cannot use ${where}: it has an unknown member ExternalID`);
    expect(misspelt.hints).toEqual(["did you mean ExternalId?"]);
    const other = await failureOf(() => read({ SerialNumber: "x1" }));
    expect(other.hints.join()).toStartWith("the members are RoleArn, ExternalId,");
  });

  test.each([5, null, true, [deployArn]])("refuses %j in the place of an object", async (element) => {
    const failure = await failureOf(() => readRoleObject(element, where));
    expect(failure.message).toBe(`cannot use ${where}: it is neither a role ARN nor an object`);
  });
});
