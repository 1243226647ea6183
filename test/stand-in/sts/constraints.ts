/** The constraints of AWS's service model on request parameters, with the wording of its refusals. */

export interface TextRule {
  readonly kind: "text";
  readonly name: string;
  readonly required?: boolean;
  readonly min: number;
  readonly max: number;
  readonly pattern?: string;
}

export interface NumberRule {
  readonly kind: "number";
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/** `Name.member.1`, or `Name.member.1.Member` for each of `members`. */
export interface ListRule {
  readonly kind: "list";
  readonly name: string;
  readonly most: number;
  /** One rule with the name "" for a list of plain values. */
  readonly members: readonly TextRule[];
}

export type Rule = TextRule | NumberRule | ListRule;
export type Parameters = ReadonlyMap<string, string>;

/** The name of a parameter that no rule knows, or undefined. */
export function unknownParameter(rules: readonly Rule[], parameters: Parameters): string | undefined {
  const known = (given: string) =>
    rules.some((rule) => {
      if (given === rule.name) return true;
      if (rule.kind !== "list") return false;
      const member = new RegExp(`^${rule.name}\\.member\\.[1-9]\\d*(?:\\.(.+))?$`).exec(given);
      return member !== null && rule.members.some(({ name }) => name === (member[1] ?? ""));
    });
  return [...parameters.keys()].find((given) => !known(given));
}

/** AWS's message about all violated constraints, or undefined when there are none. */
export function violations(rules: readonly Rule[], parameters: Parameters): string | undefined {
  const found = rules.flatMap((rule) => checkRule(rule, parameters));
  if (found.length === 0) return undefined;
  const count = `${found.length} validation error${found.length === 1 ? "" : "s"} detected`;
  return `${count}: ${found.join("; ")}`;
}

/** The members of a list in order, each a map from member name to value. A gap in the numbering ends the list. */
export function listMembers(rule: ListRule, parameters: Parameters): Map<string, string>[] {
  const members: Map<string, string>[] = [];
  for (let index = 1; ; index++) {
    const member = new Map<string, string>();
    for (const { name } of rule.members) {
      const value = parameters.get(memberName(rule, index, name));
      if (value !== undefined) member.set(name, value);
    }
    if (member.size === 0) return members;
    members.push(member);
  }
}

function memberName(rule: ListRule, index: number, name: string): string {
  return `${rule.name}.member.${index}${name === "" ? "" : `.${name}`}`;
}

function checkRule(rule: Rule, parameters: Parameters): string[] {
  const value = parameters.get(rule.name);
  if (rule.kind === "text") return checkText(rule, value, lowerFirst(rule.name));
  if (rule.kind === "number") return value === undefined ? [] : checkNumber(rule, value);
  const members = listMembers(rule, parameters);
  const given = [...parameters.keys()].filter((name) => name.startsWith(`${rule.name}.member.`)).length;
  const taken = members.reduce((sum, member) => sum + member.size, 0);
  const place = lowerFirst(rule.name);
  return [
    ...(given > taken
      ? [violation("null", `${place}.${members.length + 1}.member`, "Member must not be null")]
      : []),
    ...(members.length > rule.most
      ? [violation(`[${members.length} items]`, place, lengthText("less", rule.most))]
      : []),
    ...members.flatMap((member, index) =>
      rule.members.flatMap((inner) => {
        const name = inner.name === "" ? "" : `.${lowerFirst(inner.name)}`;
        return checkText(inner, member.get(inner.name), `${place}.${index + 1}.member${name}`);
      }),
    ),
  ];
}

function checkText(rule: TextRule, value: string | undefined, place: string): string[] {
  if (value === undefined) return rule.required ? [violation("null", place, "Member must not be null")] : [];
  const quoted = `'${value}'`;
  const found: string[] = [];
  if (rule.pattern !== undefined && !new RegExp(`^${rule.pattern}$`, "u").test(value)) {
    found.push(violation(quoted, place, `Member must satisfy regular expression pattern: ${rule.pattern}`));
  }
  if (value.length < rule.min) found.push(violation(quoted, place, lengthText("greater", rule.min)));
  if (value.length > rule.max) found.push(violation(quoted, place, lengthText("less", rule.max)));
  return found;
}

function checkNumber(rule: NumberRule, value: string): string[] {
  const place = lowerFirst(rule.name);
  const quoted = `'${value}'`;
  if (!/^-?\d{1,9}$/.test(value)) return [violation(quoted, place, "Member must be an integer")];
  if (Number(value) < rule.least) {
    return [violation(quoted, place, `Member must have value greater than or equal to ${rule.least}`)];
  }
  if (Number(value) > rule.most) {
    return [violation(quoted, place, `Member must have value less than or equal to ${rule.most}`)];
  }
  return [];
}

function violation(value: string, place: string, constraint: string): string {
  return `Value ${value} at '${place}' failed to satisfy constraint: ${constraint}`;
}

function lengthText(side: "less" | "greater", length: number): string {
  return `Member must have length ${side} than or equal to ${length}`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
