/** One object of a JSON role list: the parameters of AssumeRole under AssumeRole's own names. */
import { isFields } from "../../lib/json-object.ts";
import { optional } from "../../lib/optional.ts";
import { refusedElement, refuseUnknownMembers } from "./list-option.ts";
import type { RoleRequest } from "./steps.ts";

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

/** `where` names the element in messages. */
export function readRoleObject(element: unknown, where: string): RoleRequest {
  if (!isFields(element)) throw refusedElement(where, "it is neither a role ARN nor an object");
  refuseUnknownMembers(element, members, where);
  const text = (name: string): string | undefined => {
    const value = element[name];
    if (value === undefined) return undefined;
    if (typeof value !== "string" || value === "")
      throw refusedElement(where, `${name} must be text that is not empty`);
    return value;
  };
  const roleArn = text("RoleArn");
  if (roleArn === undefined) throw refusedElement(where, "it has no RoleArn");
  const durationSeconds = seconds(element.DurationSeconds, where);
  return {
    roleArn: roleArn.trim(),
    ...optional("externalId", text("ExternalId")),
    ...optional("roleSessionName", text("RoleSessionName")),
    ...optional("durationSeconds", durationSeconds),
    ...optional("durationSource", durationSeconds === undefined ? undefined : `DurationSeconds of ${where}`),
    ...optional("sourceIdentity", text("SourceIdentity")),
    ...optional("policy", policy(element.Policy, where)),
    ...optional("policyArns", policyArns(element.PolicyArns, where)),
    ...optional("tags", tags(element.Tags, where)),
    ...optional("transitiveTagKeys", texts(element.TransitiveTagKeys, `TransitiveTagKeys of ${where}`)),
  };
}

function seconds(value: unknown, where: string): number | undefined {
  if (value === undefined) return undefined;
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number))
    throw refusedElement(where, "DurationSeconds must be a whole number");
  return number;
}

/** A policy is given as text, or as the JSON document itself. */
function policy(value: unknown, where: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && value !== "") return value;
  if (isFields(value)) return JSON.stringify(value);
  throw refusedElement(where, "Policy must be a policy document or its text");
}

/** Plain ARNs, or objects with the member `arn` as the AWS CLI takes them. */
function policyArns(value: unknown, where: string): string[] | undefined {
  if (value === undefined) return undefined;
  const list = Array.isArray(value)
    ? value.map((item: unknown) => (isFields(item) ? item.arn : item))
    : value;
  return texts(list, `PolicyArns of ${where}`);
}

function tags(value: unknown, where: string): { key: string; value: string }[] | undefined {
  if (value === undefined) return undefined;
  const list: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  if (list === undefined)
    throw refusedElement(where, 'Tags must be a list like [{"Key": "team", "Value": "blue"}]');
  return list.map((tag) => {
    if (!isFields(tag) || typeof tag.Key !== "string" || typeof tag.Value !== "string") {
      throw refusedElement(where, 'Tags must be a list like [{"Key": "team", "Value": "blue"}]');
    }
    return { key: tag.Key, value: tag.Value };
  });
}

function texts(value: unknown, where: string): string[] | undefined {
  if (value === undefined) return undefined;
  const list: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  if (list === undefined) throw refusedElement(where, "it must be a list of text");
  return list.map((item) => {
    if (typeof item !== "string" || item === "") throw refusedElement(where, "it must be a list of text");
    return item;
  });
}
