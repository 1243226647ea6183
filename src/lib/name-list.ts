/** Enough of them to jog a memory, on one line. */
const shown = 8;

/** The first names of a list that may be long, for a message; `none` for an empty one. */
export function nameList(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const more = names.length - shown;
  return names.slice(0, shown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
