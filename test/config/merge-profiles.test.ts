import { describe, expect, test } from "bun:test";
import type { ConfigSection } from "../../src/config/config-section.ts";
import { parseIni } from "../../src/config/ini.ts";
import { mergeSections } from "../../src/config/merge-profiles.ts";
import { failureOf, sharedFrom } from "./from-text.ts";
import { generatedFile, mergeIntoModel, textOf, withNewSections } from "./generated-file.ts";

const session: ConfigSection = {
  kind: "sso-session",
  name: "my-sso",
  lines: [
    { key: "sso_region", value: "us-east-1" },
    { key: "sso_start_url", value: "https://d-1234567890.awsapps.com/start" },
    { key: "sso_registration_scopes", value: "sso:account:access" },
  ],
};
const ops: ConfigSection = {
  kind: "profile",
  name: "dev-Ops",
  lines: [
    { key: "sso_session", value: "my-sso" },
    { key: "sso_account_id", value: "012345678901" },
    { comment: "#region = us-east-1" },
  ],
};
const opsWithRegion: ConfigSection = {
  ...ops,
  lines: [
    { key: "sso_session", value: "my-sso" },
    { key: "region", value: "eu-west-1", placeholder: "#region = us-east-1" },
  ],
};

function merged(text: string, wanted: readonly ConfigSection[] = [opsWithRegion]): string {
  return mergeSections(text, "config", wanted).text;
}

const opsText =
  "[profile dev-Ops]\nsso_session = my-sso\nsso_account_id = 012345678901\n#region = us-east-1\n";

describe("mergeSections(), new sections", () => {
  const cases: Record<string, { text: string; merged: string }> = {
    "writes into an empty file": { text: "", merged: opsText },
    "leaves an empty line before a new section": {
      text: "[default]\nregion = us-west-2\n",
      merged: `[default]\nregion = us-west-2\n\n${opsText}`,
    },
    "takes the empty line that is there": {
      text: "[default]\n \t\n",
      merged: `[default]\n \t\n${opsText}`,
    },
    "ends the last line of a file that does not": {
      text: "[default]\nregion = x",
      merged: `[default]\nregion = x\n\n${opsText}`,
    },
    "leaves the comments at the end where they are": {
      text: "[default]\n# the end",
      merged: `[default]\n# the end\n\n${opsText}`,
    },
    "ends lines as the file does": {
      text: "[default]\r\nregion = x\r\n",
      merged: `[default]\r\nregion = x\r\n\r\n${opsText.replaceAll("\n", "\r\n")}`,
    },
    "keeps a byte order mark": { text: "\ufeff", merged: `\ufeff${opsText}` },
    "does not take another kind of section for the profile": {
      text: "[dev-Ops]\n[services dev-Ops]\n[sso-session dev-Ops]\n[PROFILE dev-Ops]\n",
      merged: `[dev-Ops]\n[services dev-Ops]\n[sso-session dev-Ops]\n[PROFILE dev-Ops]\n\n${opsText}`,
    },
  };
  for (const [sentence, { text, merged: expected }] of Object.entries(cases)) {
    test(`mergeSections() ${sentence}`, () => expect(merged(text, [ops])).toBe(expected));
  }

  test("mergeSections() quotes the name of a new section as the AWS CLI does", () => {
    expect(merged("", [{ ...session, name: "my sso", lines: [] }])).toBe("[sso-session 'my sso']\n");
    expect(merged("", [{ ...session, name: "it's", lines: [] }])).toBe('[sso-session "it\'s"]\n');
  });

  test("mergeSections() counts what it did", () => {
    const text = "[profile dev-Ops]\nsso_session = old\n";
    expect(mergeSections(text, "config", [session, ops])).toMatchObject({
      added: 1,
      changed: 1,
      replaced: [{ section: ops, key: "sso_session", before: "old" }],
    });
  });
});

describe("mergeSections(), sections that are there", () => {
  const cases: Record<string, { text: string; merged: string }> = {
    "puts a new setting behind the last one": {
      text: "[profile dev-Ops]\nsso_session = my-sso\noutput = json\n\n# next\n[default]\n",
      merged:
        "[profile dev-Ops]\nsso_session = my-sso\noutput = json\nregion = eu-west-1\n\n# next\n[default]\n",
    },
    "puts a new setting behind the nested ones": {
      text: "[profile dev-Ops]\nsso_session = my-sso\ns3 =\n  region = here\n  x = y\n",
      merged: "[profile dev-Ops]\nsso_session = my-sso\ns3 =\n  region = here\n  x = y\nregion = eu-west-1\n",
    },
    "puts settings below a bare header": {
      text: "[profile dev-Ops]\n# mine\n",
      merged: "[profile dev-Ops]\nsso_session = my-sso\nregion = eu-west-1\n# mine\n",
    },
    "puts settings below a header without a line end": {
      text: "[profile dev-Ops]",
      merged: "[profile dev-Ops]\nsso_session = my-sso\nregion = eu-west-1",
    },
    "leaves the last line without a line end": {
      text: "[profile dev-Ops]\r\nsso_session = my-sso",
      merged: "[profile dev-Ops]\r\nsso_session = my-sso\r\nregion = eu-west-1",
    },
    "indents as the section does": {
      text: "[profile dev-Ops]\n\tsso_session = my-sso\n",
      merged: "[profile dev-Ops]\n\tsso_session = my-sso\n\tregion = eu-west-1\n",
    },
    "keeps spelling, spacing and comment of a setting it changes": {
      text: "[profile dev-Ops]\n Region=us-east-1 ; main\n sso_session\t=\tother # old\n",
      merged: "[profile dev-Ops]\n Region=eu-west-1 ; main\n sso_session\t=\tmy-sso # old\n",
    },
    "fills a setting that is empty": {
      text: "[profile dev-Ops]\nregion =\nsso_session=\n",
      merged: "[profile dev-Ops]\nregion = eu-west-1\nsso_session=my-sso\n",
    },
    "fills a setting that has only a comment": {
      text: "[profile dev-Ops]\nregion = # none\nsso_session = my-sso\n",
      merged: "[profile dev-Ops]\nregion = eu-west-1 # none\nsso_session = my-sso\n",
    },
    "takes away the lines that went on from a value it changes, not the comments among them": {
      text: "[profile dev-Ops]\nregion = us\n  -east\n  # why\n  -1\nsso_session = my-sso\n",
      merged: "[profile dev-Ops]\nregion = eu-west-1\n  # why\nsso_session = my-sso\n",
    },
    "changes the last of a repeated setting, which is the one that counts": {
      text: "[profile dev-Ops]\nregion = a\nregion = b\nsso_session = my-sso\n",
      merged: "[profile dev-Ops]\nregion = a\nregion = eu-west-1\nsso_session = my-sso\n",
    },
    "changes the last of a repeated section, which is the one that counts": {
      text: "[profile dev-Ops]\nregion = eu-west-1\n[default]\n[profile dev-Ops]\nregion = b\n",
      merged:
        "[profile dev-Ops]\nregion = eu-west-1\n[default]\n[profile dev-Ops]\nregion = eu-west-1\nsso_session = my-sso\n",
    },
    "finds a quoted name": {
      text: "[profile 'dev-Ops']\nsso_session = my-sso\n",
      merged: "[profile 'dev-Ops']\nsso_session = my-sso\nregion = eu-west-1\n",
    },
    "finds a name in odd spacing, in a header with a comment": {
      text: "  [ profile \t dev-Ops ]# mine\nsso_session = my-sso\n",
      merged: "  [ profile \t dev-Ops ]# mine\nsso_session = my-sso\nregion = eu-west-1\n",
    },
    "does not take a commented setting for one": {
      text: "[profile dev-Ops]\nsso_session = my-sso\n#region = us-east-2\n",
      merged: "[profile dev-Ops]\nsso_session = my-sso\nregion = eu-west-1\n#region = us-east-2\n",
    },
    "takes the place of the comment that stood for it": {
      text: "[profile dev-Ops]\nsso_session = my-sso\n#region = us-east-1\n# mine\n\n[default]\n#region = us-east-1\n",
      merged:
        "[profile dev-Ops]\nsso_session = my-sso\nregion = eu-west-1\n# mine\n\n[default]\n#region = us-east-1\n",
    },
    "takes the place of that comment with the line ends of the file": {
      text: "[profile dev-Ops]\r\nsso_session = my-sso\r\n#region = us-east-1\r\noutput = json",
      merged: "[profile dev-Ops]\r\nsso_session = my-sso\r\nregion = eu-west-1\r\noutput = json",
    },
    "leaves such a comment among the lines that go on from a setting": {
      text: "[profile dev-Ops]\nsso_session = my-sso\ns3 =\n#region = us-east-1\n  a = 1\n",
      merged:
        "[profile dev-Ops]\nsso_session = my-sso\ns3 =\n#region = us-east-1\n  a = 1\nregion = eu-west-1\n",
    },
    "leaves such a comment in a section that is indented": {
      text: "[profile dev-Ops]\n  sso_session = my-sso\n#region = us-east-1\n  a = 1\n",
      merged:
        "[profile dev-Ops]\n  sso_session = my-sso\n#region = us-east-1\n  a = 1\n  region = eu-west-1\n",
    },
    "leaves a comment that only begins so, or a setting of another section": {
      text: "[profile dev-Ops]\nsso_session = my-sso\n#region = us-east-11\n[default]\nx = 1\n#region = us-east-1\n",
      merged:
        "[profile dev-Ops]\nsso_session = my-sso\nregion = eu-west-1\n#region = us-east-11\n[default]\nx = 1\n#region = us-east-1\n",
    },
    "does not take a nested setting for one": {
      text: "[profile dev-Ops]\nsso_session = my-sso\ns3 =\n  region = here\n[default]\n",
      merged:
        "[profile dev-Ops]\nsso_session = my-sso\ns3 =\n  region = here\nregion = eu-west-1\n[default]\n",
    },
    "changes nothing when all is as it shall be": {
      text: "[profile dev-Ops]\r\nREGION=eu-west-1 # mine\r\nsso_session = my-sso",
      merged: "[profile dev-Ops]\r\nREGION=eu-west-1 # mine\r\nsso_session = my-sso",
    },
    "ends a new line as the one before it": {
      text: "[default]\n[profile dev-Ops]\r\nsso_session = my-sso\r\n",
      merged: "[default]\n[profile dev-Ops]\r\nsso_session = my-sso\r\nregion = eu-west-1\r\n",
    },
  };
  for (const [sentence, { text, merged: expected }] of Object.entries(cases)) {
    test(`mergeSections() ${sentence}`, () => {
      expect(merged(text)).toBe(expected);
      expect(merged(expected)).toBe(expected);
    });
  }

  test("mergeSections() keeps scopes that are more than enough", () => {
    const text =
      "[sso-session my-sso]\nsso_registration_scopes = codewhisperer:analysis, sso:account:access\n";
    expect(merged(text, [session])).toContain("scopes = codewhisperer:analysis, sso:account:access\n");
    expect(merged(text.replace("sso:account", "sso:other"), [session])).toContain(
      "sso_registration_scopes = sso:account:access\n",
    );
  });
});

describe("mergeSections(), profiles with another source", () => {
  const role: ConfigSection = {
    kind: "profile",
    name: "dev-Deploy",
    lines: [
      { key: "source_profile", value: "dev-Ops" },
      { key: "role_arn", value: "arn:aws:iam::222222222222:role/Deploy" },
    ],
  };
  const cached: Record<string, { wanted: ConfigSection; lines: string; key: string; line: number }> = {
    "keys, where Identity Center is wanted": {
      wanted: ops,
      lines: "region = x\naws_access_key_id = AKIA",
      key: "aws_access_key_id",
      line: 3,
    },
    "a program, where Identity Center is wanted": {
      wanted: ops,
      lines: "credential_process = x",
      key: "credential_process",
      line: 2,
    },
    "a web identity, where Identity Center is wanted": {
      wanted: ops,
      lines: "web_identity_token_file = x",
      key: "web_identity_token_file",
      line: 2,
    },
    "a session of aws login, where Identity Center is wanted": {
      wanted: ops,
      lines: "login_session = x",
      key: "login_session",
      line: 2,
    },
    "a role, where Identity Center is wanted": {
      wanted: ops,
      lines: "role_arn = x\nsource_profile = y",
      key: "role_arn",
      line: 2,
    },
    "the source of a role alone, where Identity Center is wanted": {
      wanted: ops,
      lines: "source_profile = y",
      key: "source_profile",
      line: 2,
    },
    "a portal of its own, where Identity Center is wanted": {
      wanted: ops,
      lines: "sso_start_url = https://d-0987654321.awsapps.com/start",
      key: "sso_start_url",
      line: 2,
    },
    "another region of the portal, where Identity Center is wanted": {
      wanted: ops,
      lines: "SSO_REGION = eu-west-1",
      key: "sso_region",
      line: 2,
    },
    "Identity Center, where a role is wanted": {
      wanted: role,
      lines: "sso_session = my-sso\nsso_account_id = 012345678901",
      key: "sso_session",
      line: 2,
    },
    "keys, where a role is wanted": {
      wanted: role,
      lines: "aws_access_key_id = AKIA",
      key: "aws_access_key_id",
      line: 2,
    },
    "another source of the role, where a role is wanted": {
      wanted: role,
      lines: "role_arn = x\ncredential_source = Environment",
      key: "credential_source",
      line: 3,
    },
  };
  for (const [sentence, { wanted, lines, key, line }] of Object.entries(cached)) {
    test(`mergeSections() leaves a profile alone that has ${sentence}`, () => {
      const text = `[profile ${wanted.name}]\n${lines}`;
      expect(mergeSections(text, "config", [session, wanted])).toMatchObject({
        text: expect.stringMatching(/^[^[]*\[profile [^[]+\n\n\[sso-session my-sso\]/),
        added: 1,
        changed: 0,
        left: [{ section: wanted, has: { key, file: "config", line } }],
      });
      const once = mergeSections(text, "config", [session, wanted]).text;
      expect(merged(once, [session, wanted])).toBe(once);
    });
  }

  const taken: Record<string, { wanted: ConfigSection; lines: string }> = {
    "an empty setting of another source": { wanted: ops, lines: "role_arn =\naws_access_key_id =" },
    "the session's own portal repeated": {
      wanted: ops,
      lines: "sso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = us-east-1",
    },
    "another account of Identity Center": { wanted: ops, lines: "sso_account_id = 111111111111" },
    "another role with a source profile": { wanted: role, lines: "role_arn = x\nsource_profile = y" },
  };
  for (const [sentence, { wanted, lines }] of Object.entries(taken)) {
    test(`mergeSections() fills in a profile that has ${sentence}`, () => {
      const text = `[profile ${wanted.name}]\n${lines}\n`;
      expect(mergeSections(text, "config", [session, wanted])).toMatchObject({ changed: 1, left: [] });
    });
  }

  test("mergeSections() adds no profile whose keys are in the credentials file", () => {
    const credentials = parseIni("[other]\n\n[dev-Ops]\naws_access_key_id = AKIA\n", "credentials");
    expect(mergeSections("", "config", [session, ops], credentials)).toMatchObject({
      added: 1,
      left: [{ section: ops, has: { key: "aws_access_key_id", file: "credentials", line: 4 } }],
    });
    expect(mergeSections("", "config", [session, role], credentials)).toMatchObject({ added: 2, left: [] });
  });
});

describe("mergeSections(), malformed files", () => {
  const malformed: Record<string, { text: string; message: string }> = {
    "a setting before the first section": {
      text: "x = 1\n[default]\n",
      message: "cannot parse config: line 1 stands before the first [section]",
    },
    "a section without its bracket": {
      text: "[default]\n[profile x\n",
      message: "cannot parse config: line 2 has no ] after the section's name",
    },
    "a line without an equals sign, in whatever section": {
      text: "[profile dev-Ops]\n[default]\nregion us-east-1\n",
      message: "cannot parse config: line 3 has no = between a name and a value",
    },
    "a setting without a name": {
      text: "[default]\n= x\n",
      message: "cannot parse config: line 2 has no name before the =",
    },
  };
  for (const [sentence, { text, message }] of Object.entries(malformed)) {
    test(`mergeSections() refuses ${sentence}`, () => {
      expect(failureOf(() => merged(text)).message).toBe(message);
    });
  }
});

test("mergeSections() merges thousands of profiles into as many at once", () => {
  const many = Array.from({ length: 5000 }, (_, index) => ({ ...ops, name: `account-${index}-Ops` }));
  const text = merged("# mine\n", many);
  expect(merged(text, many)).toBe(text);
});

test("mergeSections() changes what it must and nothing else in files of any make", () => {
  const whole = { ...ops, lines: [...ops.lines, { key: "region", value: "eu-west-1" }] };
  const wanted = [session, whole, { ...whole, name: "dev-Admin" }];
  for (let seed = 1; seed <= 400; seed++) {
    const file = generatedFile(seed);
    const text = textOf(file);
    const missing = mergeIntoModel(file, wanted);
    const expected = withNewSections(textOf(file), missing, file.lineEnd);

    const result = merged(text, wanted);
    expect([seed, result]).toEqual([seed, expected]);
    expect(mergeSections(result, "config", wanted)).toEqual({
      text: result,
      added: 0,
      changed: 0,
      replaced: [],
      left: [],
    });
    const shared = sharedFrom(result);
    expect(shared.profile("dev-Ops")?.get("region")?.value).toBe("eu-west-1");
    expect(shared.profile("dev-Ops")?.get("sso_account_id")?.value).toBe("012345678901");
    expect(shared.ssoSession("my-sso")?.get("sso_region")?.value).toBe("us-east-1");
  }
});
