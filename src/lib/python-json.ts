/** JSON as Python's `json.dumps` writes it, which is what the AWS CLI's files hold and what it hashes for their names. */

/**
 * One line, `", "` and `": "` between the parts, members in the order they have, everything beyond printable ASCII as
 * `\uXXXX`. `value` holds nothing but what JSON can hold.
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
