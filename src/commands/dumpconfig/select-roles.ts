/** Which roles get a profile: `--only` and `--except`. Pure. */
import { wordsOf } from "../../lib/words.ts";

/** What the words are looked for in. */
export interface RoleWords {
  readonly accountId: string;
  readonly accountName: string | undefined;
  readonly emailAddress?: string | undefined;
  readonly role: string;
  /** The name of its profile. */
  readonly profile: string;
}

export interface Selection {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/**
 * Whether the role is selected: by one of `only`, if there are any, and by none of `except`. All the words of one text
 * must occur, in any case, each in any of the values.
 */
export function isSelected(role: RoleWords, { only = [], except = [] }: Selection): boolean {
  const values = [role.profile, role.accountName, role.accountId, role.emailAddress, role.role]
    .filter((value) => value !== undefined)
    .map((value) => value.toLowerCase());
  const matches = (text: string) =>
    wordsOf(text.toLowerCase()).every((word) => values.some((value) => value.includes(word)));
  return (only.length === 0 || only.some(matches)) && !except.some(matches);
}
