import { describe, expect, test } from "bun:test";
import { parseRoleList, readRoleList } from "../../../src/credentials/role-chain/role-list.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem } from "../../support/fake-system.ts";
import { deployArn, jumpArn } from "../../support/plans.ts";

const source = "--assume-roles";
const both = [{ roleArn: jumpArn }, { roleArn: deployArn }];

describe("parseRoleList()", () => {
  const lists: Record<string, string> = {
    "with a comma between": `${jumpArn},${deployArn}`,
    "with a comma and a blank": `${jumpArn}, ${deployArn}`,
    "with blanks about": `  ${jumpArn} ,\t${deployArn}  `,
    "with commas too many": `,${jumpArn},,${deployArn},`,
    "on lines": `${jumpArn}\n${deployArn}\n`,
    "on lines of Windows, with empty ones": `\r\n${jumpArn}\r\n\r\n${deployArn}\r\n`,
    "on lines that end in commas": `${jumpArn},\n${deployArn},\n`,
    "behind a byte order mark": `\uFEFF${jumpArn},${deployArn}`,
    "as JSON": `["${jumpArn}", "${deployArn}"]`,
    "as JSON with blanks and line ends": `\n[\n  " ${jumpArn} ",\n  "${deployArn}"\n]\n`,
    "as JSON behind a byte order mark": `\uFEFF["${jumpArn}","${deployArn}"]`,
    "as JSON of objects and plain ARNs": `[{"RoleArn": "${jumpArn}"}, "${deployArn}"]`,
  };
  test.each(Object.entries(lists))("reads two roles %s", (_, text) => {
    expect(parseRoleList({ text, source })).toEqual(both);
  });

  const single: Record<string, string> = {
    plain: jumpArn,
    "as a JSON text": `"${jumpArn}"`,
    "as a JSON object": `{"RoleArn": "${jumpArn}"}`,
  };
  test.each(Object.entries(single))("reads one role %s", (_, text) => {
    expect(parseRoleList({ text, source })).toEqual([{ roleArn: jumpArn }]);
  });

  test("takes no longer for a row of blanks than for other characters", () => {
    const text = `${jumpArn}${" ".repeat(200_000)},${deployArn}`;
    expect(parseRoleList({ text, source })).toEqual(both);
  });

  test("leaves a comma in a role's name alone", () => {
    const text = "arn:aws:iam::111111111111:role/a,b,arn:aws:iam::111111111111:role/c,";
    expect(parseRoleList({ text, source }).map(({ roleArn }) => roleArn)).toEqual([
      "arn:aws:iam::111111111111:role/a,b",
      "arn:aws:iam::111111111111:role/c",
    ]);
  });

  const noArns: Record<string, [text: string, where: string]> = {
    "the whole list": ["Jump", "--assume-roles"],
    "the second element": [`${jumpArn},arn:aws:iam::1:role/Short`, "role 2 of --assume-roles"],
    "the first line": [`${jumpArn.replace("role/", "user/")}\n${deployArn}`, "role 1 of --assume-roles"],
    "an element of JSON": [`["${jumpArn}", "Deploy"]`, "role 2 of --assume-roles"],
    "an object of JSON": [`["${jumpArn}", {"RoleArn": "Deploy"}]`, "role 2 of --assume-roles"],
  };
  test.each(Object.entries(noArns))(
    "parseRoleList() names %s that is not a role's ARN",
    async (_, [text, where]) => {
      const failure = await failureOf(() => parseRoleList({ text, source }));
      expect(failure.kind).toBe("usage");
      expect(failure.message).toStartWith(`cannot use ${where} as a role to assume: `);
    },
  );

  test("parseRoleList() names the element of a file, and repeats nothing that is not an ARN", async () => {
    const failure = await failureOf(() => parseRoleList({ text: "hunter2", source: "/roles" }));
    expect(failure.message).toBe("cannot use role 1 of /roles as a role to assume: it is not an ARN");
  });

  test.each(["", "  ", "\n", ",", " , ,\n", "[]", " [ ] "])(
    "refuses %j, which names no role",
    async (text) => {
      const failure = await failureOf(() => parseRoleList({ text, source: "/roles" }));
      expect(failure.message).toBe("/roles names no role");
      expect(failure.kind).toBe("usage");
    },
  );

  test("refuses broken JSON without repeating it", async () => {
    const failure = await failureOf(() => parseRoleList({ text: "[madeup-secret]", source }));
    expect(failure.message).toMatch(/^cannot read --assume-roles as JSON: (?!JSON)\S/);
    expect(failure.message).not.toContain("madeup");
    expect(failure.kind).toBe("usage");
    expect(failure.hints[1]).toBe(
      "where the shell removes the quotes, write the list into a file: --assume-roles file://PATH",
    );
  });

  test("refuses broken JSON of a file without a word on shells", async () => {
    const failure = await failureOf(() => parseRoleList({ text: "[", source: "/roles" }));
    expect(failure.hints).toHaveLength(1);
  });

  test("says which element is wrong", async () => {
    const text = `["${jumpArn}", {"RoleArn": 5}]`;
    const failure = await failureOf(() => parseRoleList({ text, source }));
    expect(failure.message).toBe(
      "cannot use role 2 of --assume-roles: RoleArn must be text that is not empty",
    );
  });
});

describe("readRoleList()", () => {
  test("reads the list in the option's value", async () => {
    expect(await readRoleList(`${jumpArn}, ${deployArn}`, fakeSystem())).toEqual(both);
  });

  test("reads either form from a file", async () => {
    const files = {
      "/home/me/plain": `${jumpArn}\n${deployArn}\n`,
      "/json": JSON.stringify([jumpArn, deployArn]),
    };
    const system = fakeSystem({ env: { HOME: "/home/me" }, files });
    expect(await readRoleList("file://~/plain", system)).toEqual(both);
    expect(await readRoleList("file:///json", system)).toEqual(both);
  });

  test("names the file where it is at fault", async () => {
    const system = fakeSystem({ files: { "/empty": "", "/secret": new Error("EACCES: permission denied") } });
    const messages = ["file:///empty", "file:///secret", "file:///none"].map(async (value) => {
      return (await failureOf(() => readRoleList(value, system))).message;
    });
    expect(await Promise.all(messages)).toEqual([
      "/empty names no role",
      "cannot read /secret (--assume-roles): EACCES: permission denied",
      "cannot read /none (--assume-roles): there is no such file",
    ]);
  });
});
