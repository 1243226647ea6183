import type { ListRule, NumberRule, TextRule } from "./constraints.ts";

/** The parameters of the STS operations and their constraints. */

const NAME = "[\\w+=,.@-]*";
const TAG = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";

function text(name: string, min: number, max: number, pattern?: string): TextRule {
  return pattern === undefined ? { kind: "text", name, min, max } : { kind: "text", name, min, max, pattern };
}

function required(rule: TextRule): TextRule {
  return { ...rule, required: true };
}

export const roleArn = required(text("RoleArn", 20, 2048));
export const roleSessionName = required(text("RoleSessionName", 2, 64, NAME));
export const externalId = text("ExternalId", 2, 1224, "[\\w+=,.@:\\/-]*");
export const sourceIdentity = text("SourceIdentity", 2, 64, NAME);
export const federatedName = required(text("Name", 2, 32, NAME));
export const serialNumber = text("SerialNumber", 9, 256, "[\\w+=/:,.@-]*");
export const webIdentityToken = required(text("WebIdentityToken", 4, 20000));
export const tokenCode = text("TokenCode", 6, 6, "[\\d]*");
export const policy = text("Policy", 1, 2048, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

export const roleDuration: NumberRule = { kind: "number", name: "DurationSeconds", least: 900, most: 43200 };
export const tokenDuration: NumberRule = {
  kind: "number",
  name: "DurationSeconds",
  least: 900,
  most: 129600,
};

export const policyArns: ListRule = {
  kind: "list",
  name: "PolicyArns",
  most: 10,
  members: [required(text("arn", 20, 2048))],
};
export const tags: ListRule = {
  kind: "list",
  name: "Tags",
  most: 50,
  members: [required(text("Key", 1, 128, TAG)), required(text("Value", 0, 256, TAG))],
};
export const transitiveTagKeys: ListRule = {
  kind: "list",
  name: "TransitiveTagKeys",
  most: 50,
  members: [required(text("", 1, 128, TAG))],
};
