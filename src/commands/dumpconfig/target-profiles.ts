/** Reads `--target-arn-profiles`: roles that get a profile, each assumed from a role of the user's. */
import { parseRoleArn } from "../../aws/endpoints/arn.ts";
import { checkedRegion } from "../../config/region.ts";
import {
  parseJsonElements,
  readListText,
  refusedElement,
  refuseUnknownMembers,
} from "../../credentials/role-chain/list-option.ts";
import { isFields } from "../../lib/json-object.ts";
import type { System } from "../../system/types.ts";

export interface TargetProfile {
  /** Twelve digits. */
  readonly sourceAccountId: string;
  readonly sourceRoleName: string;
  readonly targetArn: string;
  /** Parts of the ARN: the account, and `role/PATH/NAME`. */
  readonly accountId: string;
  readonly resource: string;
  readonly accountName: string | undefined;
  readonly region: string | undefined;
  /** How a message names it: "target 2 of --target-arn-profiles". */
  readonly where: string;
}

const option = "--target-arn-profiles";
const members = ["SourceAccountID", "SourceRoleName", "TargetArn", "TargetAccountName", "Region"] as const;
const example =
  '[{"SourceAccountID": "111111111111", "SourceRoleName": "Ops", "TargetArn": "arn:aws:iam::222222222222:role/Deploy"}]';

/** Reads the list, in place or from `file://PATH`. Throws a Failure that names the element at fault. */
export async function readTargetProfiles(
  value: string,
  system: Pick<System, "readText" | "env" | "home">,
): Promise<TargetProfile[]> {
  const list = await readListText(value, option, system);
  const elements = parseJsonElements(list, example);
  return elements.map((element, index) => readTarget(element, `target ${index + 1} of ${list.source}`));
}

function readTarget(element: unknown, where: string): TargetProfile {
  if (!isFields(element))
    throw refusedElement(where, "it is not an object", `a list looks like '${example}'`);
  refuseUnknownMembers(element, members, where);
  const optionalMember = (name: (typeof members)[number]): string | undefined => {
    const value = element[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "number" && name === "SourceAccountID") {
      throw refusedElement(
        where,
        `${name} is a number, and account ids are text`,
        `write it in quotes: "${name}": "012345678901"`,
      );
    }
    if (typeof value !== "string" || value.trim() === "") {
      throw refusedElement(where, `${name} is not text, or empty`, `write it in quotes: "${name}": "…"`);
    }
    return value.trim();
  };
  const requiredMember = (name: (typeof members)[number]): string => {
    const value = optionalMember(name);
    if (value === undefined)
      throw refusedElement(where, `it has no ${name}`, `a list looks like '${example}'`);
    return value;
  };

  const sourceAccountId = requiredMember("SourceAccountID");
  if (!/^\d{12}$/.test(sourceAccountId)) {
    throw refusedElement(
      where,
      "SourceAccountID is not twelve digits",
      "write the account id in full, leading zeros included",
    );
  }
  const sourceRoleName = requiredMember("SourceRoleName");
  const targetArn = requiredMember("TargetArn");
  const region = optionalMember("Region");
  if (region !== undefined) checkedRegion({ value: region, source: `Region of ${where}` }, "usage");
  const { account, resource } = parseRoleArn(targetArn, `TargetArn of ${where}`);
  return {
    sourceAccountId,
    sourceRoleName,
    targetArn,
    accountId: account,
    resource,
    accountName: optionalMember("TargetAccountName"),
    region,
    where,
  };
}
