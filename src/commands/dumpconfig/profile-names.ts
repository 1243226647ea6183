/** Names for profiles: readable, safe for every AWS SDK, unique, and the same from run to run. Pure. */

/** What a profile's name is made of. */
export interface NameParts {
  /** The account's name, or its id when it has none. */
  readonly account: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly role: string;
  /** Tells roles of one account apart whose names come out alike; the role's name where nothing else can. */
  readonly fullRole: string;
}

/**
 * A name for each, in the same order: `account-role`, and on a collision `account-role-<account id>` for every one that
 * collides. Names of one account that still collide have the full role in them, with what is not safe as `%` and
 * two digits. Equal parts get equal names.
 *
 * A name depends on what it collides with, but not on the order, so that a new role renames none that is not like it.
 */
export function profileNames(parts: readonly NameParts[]): string[] {
  const forms = parts.map(nameForms);
  const chosen = forms.map(() => 0);
  const nameAt = (index: number): string => forms[index]?.[chosen[index] ?? 0] ?? "";
  const longer = (): number[] => {
    const users = Map.groupBy(forms.keys(), nameAt);
    return [...users.values()].flatMap((indexes) => {
      const least = Math.min(...indexes.map((index) => chosen[index] ?? 0));
      return indexes.length === 1 || least === lastForm
        ? []
        : indexes.filter((index) => chosen[index] === least);
    });
  };
  for (let indexes = longer(); indexes.length > 0; indexes = longer()) {
    for (const index of indexes) chosen[index] = (chosen[index] ?? 0) + 1;
  }
  return forms.map((_, index) => nameAt(index));
}

/** `text` with a hyphen for every character that some SDK does not take in a profile's name. */
export function safeName(text: string): string {
  return text.replace(unsafe, "-");
}

const unsafe = /[^A-Za-z0-9_.@%+=:,/-]/gu;
const lastForm = 2;

/** The forms of a name, each for when the one before collides. */
function nameForms({ account, accountId, role, fullRole }: NameParts): readonly string[] {
  const name = safeName(`${account}-${role}`);
  return [name, `${name}-${accountId}`, `${safeName(account)}-${encoded(fullRole)}-${accountId}`];
}

/** No two texts come out alike. */
function encoded(text: string): string {
  const utf8 = new TextEncoder();
  return text.replace(/[^A-Za-z0-9_.@+=:,/-]/gu, (character) =>
    [...utf8.encode(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}
