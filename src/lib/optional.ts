/** A record with that one member; without it where there is no value, so that it is absent rather than undefined. Pure. */
export function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [K in Name]?: Value } {
  const record: { [K in Name]?: Value } = {};
  if (value !== undefined) record[name] = value;
  return record;
}
