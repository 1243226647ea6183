/** A record with one member, or an empty record when the value is undefined: the member is then absent. Pure. */
export function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [K in Name]?: Value } {
  const record: { [K in Name]?: Value } = {};
  if (value !== undefined) record[name] = value;
  return record;
}
