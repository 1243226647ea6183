/** Names for profiles: readable, safe for every AWS SDK, unique, and the same from run to run. Pure. */

/** The parts of a profile's name. */
export interface NameParts {
  /** The account's name, or its id when it has none. */
  readonly account: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly role: string;
  /** Differs between any two roles of one account: the path and name of the role, or its name. */
  readonly fullRole: string;
  /** In the place of `account-role`. */
  readonly name?: string;
}

/**
 * A name for each, in the same order: `account-role`, and on a collision `account-role-<account id>` for every one that
 * collides, be it with another of them or with one of `taken`. Names of one account that still collide hold the full
 * role, with each unsafe byte as `%` and two digits. Equal parts get equal names.
 *
 * A name depends on what it collides with and not on the order, so that a new role renames only those that collide
 * with it.
 */
export function profileNames(parts: readonly NameParts[], taken: ReadonlySet<string> = new Set()): string[] {
  const forms = parts.map(nameForms);
  const chosen = forms.map(() => 0);
  const nameAt = (index: number): string => forms[index]?.[chosen[index] ?? 0] ?? "";
  const colliding = (): number[] => {
    const users = Map.groupBy(forms.keys(), nameAt);
    return [...users].flatMap(([name, indexes]) => {
      const least = Math.min(...indexes.map((index) => chosen[index] ?? 0));
      const isUnique = indexes.length === 1 && !taken.has(name);
      return isUnique || least === lastForm ? [] : indexes.filter((index) => chosen[index] === least);
    });
  };
  for (let indexes = colliding(); indexes.length > 0; indexes = colliding()) {
    for (const index of indexes) chosen[index] = (chosen[index] ?? 0) + 1;
  }
  return forms.map((_, index) => nameAt(index));
}

/** `text` with a hyphen for every character that an AWS SDK refuses in a profile's name. */
export function safeName(text: string): string {
  return text.replace(unsafe, "-");
}

const unsafe = /[^A-Za-z0-9_.@%+=:,/-]/gu;
/**
 * A shell, or the program that gets the word as the value of an option, takes a word that begins so for something else:
 * `-x` is an option, zsh expands `=x`, PowerShell expands `@x` and makes a list of `,x`.
 */
const unusableStart = /^[-=@,]+/;
const lastForm = 2;

/** The forms of a name, each for when the one before collides. */
function nameForms({ account, accountId, role, fullRole, name: own }: NameParts): readonly string[] {
  const start = safeName(account).replace(unusableStart, "") || accountId;
  const name = safeName(own ?? "").replace(unusableStart, "") || `${start}-${safeName(role)}`;
  return [name, `${name}-${accountId}`, `${start}-${encoded(fullRole)}-${accountId}`];
}

/** Different for any two texts. */
function encoded(text: string): string {
  const utf8 = new TextEncoder();
  return text.replace(/[^A-Za-z0-9_.@+=:,/-]/gu, (character) =>
    [...utf8.encode(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}
