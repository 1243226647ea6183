/** One object of a JSON role list: the parameters of AssumeRole under AssumeRole's own names. */
import { Failure } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import { given } from "../starts/given.ts";
import type { RoleRequest } from "./role-list.ts";

const members = [
  "RoleArn",
  "ExternalId",
  "RoleSessionName",
  "DurationSeconds",
  "SourceIdentity",
  "Policy",
  "PolicyArns",
  "Tags",
  "TransitiveTagKeys",
] as const;

/** `where` names the element in messages. Unknown members are refused: a misspelt one would be dropped in silence. */
export function readRoleObject(element: unknown, where: string): RoleRequest {
  if (!isObject(element)) throw wrong(where, "it is neither a role ARN nor an object");
  for (const name of Object.keys(element)) {
    if (members.some((member) => member === name)) continue;
    const meant = nearest(name, members);
    throw wrong(
      where,
      `it has an unknown member ${name}`,
      meant === undefined ? undefined : `did you mean ${meant}?`,
    );
  }
  const text = (name: string): string | undefined => {
    const value = element[name];
    if (value === undefined) return undefined;
    if (typeof value !== "string" || value === "")
      throw wrong(where, `${name} must be text that is not empty`);
    return value;
  };
  const roleArn = text("RoleArn");
  if (roleArn === undefined) throw wrong(where, "it has no RoleArn");
  return {
    roleArn: roleArn.trim(),
    ...given("externalId", text("ExternalId")),
    ...given("roleSessionName", text("RoleSessionName")),
    ...given("durationSeconds", seconds(element.DurationSeconds, where)),
    ...given("sourceIdentity", text("SourceIdentity")),
    ...given("policy", policy(element.Policy, where)),
    ...given("policyArns", policyArns(element.PolicyArns, where)),
    ...given("tags", tags(element.Tags, where)),
    ...given("transitiveTagKeys", texts(element.TransitiveTagKeys, `TransitiveTagKeys of ${where}`)),
  };
}

function seconds(value: unknown, where: string): number | undefined {
  if (value === undefined) return undefined;
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number))
    throw wrong(where, "DurationSeconds must be a whole number");
  return number;
}

/** A policy may stand as text, or as the JSON document itself. */
function policy(value: unknown, where: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && value !== "") return value;
  if (isObject(value)) return JSON.stringify(value);
  throw wrong(where, "Policy must be a policy document or its text");
}

/** Plain ARNs, or objects with the member `arn` as the AWS CLI takes them. */
function policyArns(value: unknown, where: string): string[] | undefined {
  if (value === undefined) return undefined;
  const list = Array.isArray(value)
    ? value.map((item: unknown) => (isObject(item) ? item.arn : item))
    : value;
  return texts(list, `PolicyArns of ${where}`);
}

function tags(value: unknown, where: string): { key: string; value: string }[] | undefined {
  if (value === undefined) return undefined;
  const list: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  if (list === undefined) throw wrong(where, 'Tags must be a list like [{"Key": "team", "Value": "blue"}]');
  return list.map((tag) => {
    if (!isObject(tag) || typeof tag.Key !== "string" || typeof tag.Value !== "string") {
      throw wrong(where, 'Tags must be a list like [{"Key": "team", "Value": "blue"}]');
    }
    return { key: tag.Key, value: tag.Value };
  });
}

function texts(value: unknown, where: string): string[] | undefined {
  if (value === undefined) return undefined;
  const list: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  if (list === undefined) throw wrong(where, "it must be a list of text");
  return list.map((item) => {
    if (typeof item !== "string" || item === "") throw wrong(where, "it must be a list of text");
    return item;
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(where: string, why: string, hint?: string): Failure {
  return new Failure("usage", `cannot use ${where}: ${why}`, hint === undefined ? {} : { hints: [hint] });
}
