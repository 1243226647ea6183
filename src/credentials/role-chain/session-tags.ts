/**
 * `session_tags` and `transitive_session_tags` of a profile, as aws-vault reads them: KEY=VALUE with commas between, and
 * keys with commas between. Blanks around a key or value do not belong to it; of a repeated key the last value counts.
 */
import { type Profile, propertyOf, propertySource } from "../../config/section.ts";
import { Failure } from "../../lib/errors.ts";
import type { RoleRequest } from "./steps.ts";

/** The members of the role that the profile sets. Throws a Failure for an element that is not KEY=VALUE. */
export function sessionTags(profile: Profile): Pick<RoleRequest, "tags" | "transitiveTagKeys"> {
  const tags = propertyOf(profile, "session_tags");
  const transitive = propertyOf(profile, "transitive_session_tags");
  const keys = transitive?.value.split(",").flatMap((key) => key.trim() || []) ?? [];
  return {
    ...(tags === undefined ? {} : { tags: readTags(tags.value, propertySource("session_tags", tags)) }),
    ...(keys.length === 0 ? {} : { transitiveTagKeys: keys }),
  };
}

function readTags(text: string, source: string): NonNullable<RoleRequest["tags"]> {
  const tags = new Map<string, string>();
  for (const [index, element] of text.split(",").entries()) {
    const equals = element.indexOf("=");
    const key = element.slice(0, Math.max(equals, 0)).trim();
    if (key === "") {
      throw new Failure("failed", `cannot use ${source}: element ${index + 1} is not KEY=VALUE`, {
        hints: ["write the tags as KEY=VALUE, with commas between them"],
      });
    }
    tags.set(key, element.slice(equals + 1).trim());
  }
  return [...tags].map(([key, value]) => ({ key, value }));
}
