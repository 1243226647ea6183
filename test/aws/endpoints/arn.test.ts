import { describe, expect, test } from "bun:test";
import { parseArn, parseRoleArn, partitionOfArn } from "../../../src/aws/endpoints/arn.ts";
import { Failure } from "../../../src/lib/errors.ts";

describe("parseArn()", () => {
  test("keeps the colons of the resource and the zeros of the account", () => {
    expect(parseArn("arn:aws:logs:eu-west-1:012345678901:log-group:/aws/x:*")).toEqual({
      partition: "aws",
      service: "logs",
      region: "eu-west-1",
      account: "012345678901",
      resource: "log-group:/aws/x:*",
    });
  });
  test("leaves what is absent empty", () => {
    expect(parseArn("arn:aws-cn:s3:::bucket")).toEqual({
      partition: "aws-cn",
      service: "s3",
      region: "",
      account: "",
      resource: "bucket",
    });
  });
  test.each([
    "",
    "arn",
    "arn:aws:iam::123456789012",
    "arn:aws:iam::123456789012:",
    "arn::iam::1:role/a",
    "ARN:aws:iam::1:role/a",
    "role/a",
  ])("knows that %p is no ARN", (text) => {
    expect(parseArn(text)).toBeUndefined();
  });
});

test("partitionOfArn() finds the partition, if it is known", () => {
  expect(partitionOfArn("arn:aws-us-gov:iam::123456789012:role/a")?.globalRegion).toBe("us-gov-west-1");
  expect(partitionOfArn("arn:aws:sts::123456789012:assumed-role/a/b")?.id).toBe("aws");
  expect(partitionOfArn("arn:aws-mars:iam::123456789012:role/a")).toBeUndefined();
  expect(partitionOfArn("Deploy")).toBeUndefined();
});

describe("parseRoleArn()", () => {
  test.each([
    "arn:aws:iam::012345678901:role/Deploy",
    "arn:aws-cn:iam::123456789012:role/team/a/Deploy",
    "arn:aws-iso-b:iam::123456789012:role/a",
    "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef",
    "arn:aws:iam::123456789012:role/a+b=c,d.e@f-g_h",
    `arn:aws:iam::123456789012:role/${"n".repeat(64)}`,
  ])("takes %s", (text) => {
    expect(parseRoleArn(text, "--assume-roles")).toEqual(parseArn(text) ?? expect.unreachable());
  });

  const refused: Record<string, [text: string, why: string, hint: string]> = {
    "a bare name": ["Deploy", "it is not an ARN", "a role's ARN looks like arn:aws:iam::ACCOUNT:role/NAME"],
    "a session of a role": [
      "arn:aws:sts::123456789012:assumed-role/Deploy/me",
      `"arn:aws:sts::123456789012:assumed-role/Deploy/me": it names a session of a role, not the role`,
      "give the role itself: arn:aws:iam::123456789012:role/Deploy (with the role's path, if it has one)",
    ],
    "a policy": [
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      `"arn:aws:iam::aws:policy/ReadOnlyAccess": it names something of type policy, and only a role can be assumed`,
      "a role's ARN looks like arn:aws:iam::ACCOUNT:role/NAME",
    ],
    "the account's root": [
      "arn:aws:iam::123456789012:root",
      `"arn:aws:iam::123456789012:root": it names something of type root, and only a role can be assumed`,
      "a role's ARN looks like arn:aws:iam::ACCOUNT:role/NAME",
    ],
    "an instance profile": [
      "arn:aws:iam::123456789012:instance-profile/web",
      `"arn:aws:iam::123456789012:instance-profile/web": it names an instance profile`,
      "give the ARN of the role inside the instance profile",
    ],
    "another service": [
      "arn:aws:s3:::bucket",
      `"arn:aws:s3:::bucket": it belongs to s3, not to iam`,
      "a role's ARN looks like arn:aws:iam::ACCOUNT:role/NAME",
    ],
    "another cloud": [
      "arn:acs:iam::123456789012:role/a",
      `"arn:acs:iam::123456789012:role/a": its partition is none of AWS's`,
      "a role's ARN looks like arn:aws:iam::ACCOUNT:role/NAME",
    ],
    "a region": [
      "arn:aws:iam:us-east-1:123456789012:role/a",
      `"arn:aws:iam:us-east-1:123456789012:role/a": a role has no region`,
      "leave the region out: arn:aws:iam::ACCOUNT:role/NAME",
    ],
    "an account that lost its zero": [
      "arn:aws:iam::12345678901:role/a",
      `"arn:aws:iam::12345678901:role/a": its account id is not twelve digits`,
      "write the account id in full, leading zeros included",
    ],
    "a role without a name": [
      "arn:aws:iam::123456789012:role/",
      `"arn:aws:iam::123456789012:role/": no role can have that path or name`,
      "a role's ARN looks like arn:aws:iam::ACCOUNT:role/NAME",
    ],
    "a name with a blank": [
      "arn:aws:iam::123456789012:role/a b",
      `"arn:aws:iam::123456789012:role/a b": no role can have that path or name`,
      "a role's ARN looks like arn:aws:iam::ACCOUNT:role/NAME",
    ],
    "a name that is too long": [
      `arn:aws:iam::123456789012:role/${"n".repeat(65)}`,
      `"arn:aws:iam::123456789012:role/${"n".repeat(65)}": no role can have that path or name`,
      "a role's ARN looks like arn:aws:iam::ACCOUNT:role/NAME",
    ],
  };
  test.each(Object.entries(refused))("refuses %s and says what to give", (_, [text, why, hint]) => {
    let failure: unknown;
    try {
      parseRoleArn(text, "--assume-roles (step 2)");
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Failure);
    const { kind, message, hints } = failure as Failure;
    expect(kind).toBe("usage");
    expect(message).toBe(`cannot use --assume-roles (step 2) as a role to assume: ${why}`);
    expect(hints).toEqual([hint]);
  });

  test("refuses with the kind of failure that the caller names", () => {
    expect(() => parseRoleArn("x", "role_arn of profile a", "failed")).toThrow(
      expect.objectContaining({ kind: "failed" }),
    );
  });

  test("does not repeat a value that may be a misplaced secret", () => {
    expect(() => parseRoleArn("made-up-secret", "--assume-roles")).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("made-up-secret") }),
    );
  });

  test("refuses a path of any length in time", () => {
    const text = `arn:aws:iam::123456789012:role/${"a/".repeat(50_000)} `;
    expect(() => parseRoleArn(text, "--assume-roles")).toThrow(Failure);
  });
});
