/**
 * `aws-login credential-process …`: a command line of AWS's own `aws_signing_helper` in the words of this program. The
 * options are those of its version 1.8.0: https://docs.aws.amazon.com/rolesanywhere/latest/userguide/credential-helper.html
 */
import type { Failure } from "../lib/errors.ts";
import { HELPER_COMMAND } from "./command-names.ts";
import { HELPER_FLAGS, REFUSED } from "./signing-helper-options.ts";
import { usageError } from "./usage-error.ts";

/**
 * The same command line as one of `dumpcreds --credential-helper`, or as `help`. `words` begins with the command. Throws
 * Failure("usage") for an option of the helper that has no counterpart; it repeats no value, which may be a password.
 */
export function dumpcredsWords(words: readonly string[]): readonly string[] {
  if (words.includes("-h") || words.includes("--help")) return ["help", HELPER_COMMAND];
  const found = ["dumpcreds", "--credential-helper"];
  for (const word of words.slice(1)) {
    const [name = "", value] = word.split("=", 2);
    const refusal = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
    if (refusal !== undefined) throw usageError(`cannot use ${name}: ${refusal[0]}`, refusal[1]);
    const replacement = Object.hasOwn(HELPER_FLAGS, name) ? HELPER_FLAGS[name] : undefined;
    if (replacement === undefined) found.push(word);
    else if (value === undefined || value === "true") found.push(...replacement);
    else if (value !== "false")
      throw usageError(`${name} takes no value`, `write ${name} alone, or leave it out`);
  }
  const wrong = otherRegion(lastValue("--region", found), lastValue("--trust-anchor-arn", found));
  if (wrong !== undefined) throw wrong;
  return found;
}

/** The helper sends its request to this region, where AWS accepts the trust anchors of that region only. */
function otherRegion(region: string | undefined, trustAnchorArn: string | undefined): Failure | undefined {
  const own = trustAnchorArn?.split(":")[3];
  if (region === undefined || !own || region === own) return undefined;
  return usageError(
    `cannot use --region: the trust anchor is in ${own}, and Roles Anywhere is asked there`,
    "leave --region out; for the region of STS: dumpcreds --credential-helper --region REGION",
  );
}

/** The last value, as for every option. */
function lastValue(name: string, words: readonly string[]): string | undefined {
  let value: string | undefined;
  for (const [index, word] of words.entries()) {
    if (word === name) value = words[index + 1];
    else if (word.startsWith(`${name}=`)) value = word.slice(name.length + 1);
  }
  return value;
}
