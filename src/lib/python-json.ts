/** JSON as Python's `json.dumps` writes it: the AWS CLI stores this text, and hashes it for the names of its files. */

/**
 * One line, with `", "` and `": "` between the parts, members in the order of the object, and characters beyond printable
 * ASCII as `\uXXXX`. `value` is a JSON value.
 */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, member]) => `${text(name)}: ${pythonJson(member)}`);
    return `{${members.join(", ")}}`;
  }
  return typeof value === "string" ? text(value) : JSON.stringify(value);
}

function text(value: string): string {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
