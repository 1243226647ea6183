/** Amazon Resource Names, and the one kind of them that can be assumed. */
import { Failure, type FailureKind } from "../../lib/errors.ts";
import { type Partition, partitionById } from "./partitions.ts";

/** The parts of `arn:{partition}:{service}:{region}:{account}:{resource}`. Any but the partition may be empty. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  /** Text: an account id may begin with a zero. */
  readonly account: string;
  /** The rest, colons and all. */
  readonly resource: string;
}

/** The parts, or undefined when the text is no ARN. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith("arn:")) return undefined;
  const match = /^arn:([^:]+):([^:]*):([^:]*):([^:]*):(.+)$/.exec(text);
  if (match === null) return undefined;
  const [, partition = "", service = "", region = "", account = "", resource = ""] = match;
  return { partition, service, region, account, resource };
}

/** The partition that the ARN names; undefined when the text is no ARN or the partition is unknown here. */
export function partitionOfArn(text: string): Partition | undefined {
  const arn = parseArn(text);
  return arn === undefined ? undefined : partitionById(arn.partition);
}

/**
 * The parts of a role's ARN, `arn:{partition}:iam::{12 digits}:role/{path}{name}`. Throws a Failure that names
 * `where` the text came from, such as an option, and what to give instead; `kind` is for text from a file.
 * The rules: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
 */
export function parseRoleArn(text: string, where: string, kind: FailureKind = "usage"): Arn {
  const arn = parseArn(text);
  const fault = arn === undefined ? notAnArn : roleFault(arn);
  if (arn !== undefined && fault === undefined) return arn;
  // Text that is no ARN at all may be a secret put in the wrong place.
  const shown = arn === undefined ? "" : `"${text}": `;
  const { why, hint } = fault ?? notAnArn;
  throw new Failure(kind, `cannot use ${where} as a role to assume: ${shown}${why}`, { hints: [hint] });
}

interface Fault {
  readonly why: string;
  readonly hint: string;
}

const form = "arn:aws:iam::ACCOUNT:role/NAME";
const notAnArn: Fault = { why: "it is not an ARN", hint: `a role's ARN looks like ${form}` };

function roleFault({ partition, service, region, account, resource }: Arn): Fault | undefined {
  const session = /^assumed-role\/([^/]+)\//.exec(resource);
  if (service === "sts" && session !== null) {
    return {
      why: "it names a session of a role, not the role",
      hint: `give the role itself: arn:${partition}:iam::${account}:role/${session[1]} (with the role's path, if it has one)`,
    };
  }
  if (service !== "iam")
    return { why: `it belongs to ${service || "no service"}, not to iam`, hint: notAnArn.hint };
  const type = resource.split("/", 1)[0];
  if (type === "instance-profile") {
    return {
      why: "it names an instance profile",
      hint: "give the ARN of the role inside the instance profile",
    };
  }
  if (type !== "role") {
    return { why: `it names something of type ${type}, and only a role can be assumed`, hint: notAnArn.hint };
  }
  if (!/^aws(-[a-z]+)*$/.test(partition))
    return { why: "its partition is none of AWS's", hint: notAnArn.hint };
  if (region !== "") return { why: "a role has no region", hint: `leave the region out: ${form}` };
  if (!/^\d{12}$/.test(account)) {
    return {
      why: "its account id is not twelve digits",
      hint: "write the account id in full, leading zeros included",
    };
  }
  if (!/^role\/(?:[\x21-\x7e]+\/)?[\w+=,.@-]{1,64}$/.test(resource)) {
    return { why: "no role can have that path or name", hint: notAnArn.hint };
  }
  return undefined;
}
