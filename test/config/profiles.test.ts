import { describe, expect, test } from "bun:test";
import type { SectionKind } from "../../src/config/section-name.ts";
import { configPath, credentialsPath, failureOf, sharedFrom } from "./from-text.ts";

const values: Record<
  string,
  { config?: string; credentials?: string; profile: string; values: Record<string, string | undefined> }
> = {
  "reads a profile of the config file": {
    config: "[profile a]\nx = 1\n[profile b]\nx = 2",
    profile: "b",
    values: { x: "2", y: undefined },
  },
  "reads a profile of the credentials file": { credentials: "[a]\nx = 1", profile: "a", values: { x: "1" } },
  "merges a profile of both files": {
    config: "[profile a]\nx = 1",
    credentials: "[a]\ny = 2",
    profile: "a",
    values: { x: "1", y: "2" },
  },
  "prefers the credentials file key by key": {
    config: "[profile a]\nx = 1\ny = 1",
    credentials: "[a]\nX = 2",
    profile: "a",
    values: { x: "2", y: "1" },
  },
  "merges sections of one name, the later winning": {
    config: "[profile a]\nx = 1\ny = 1\n[profile b]\n[profile a]\nx = 2",
    profile: "a",
    values: { x: "2", y: "1" },
  },
  "merges differently quoted sections of one name": {
    config: "[profile a]\nx = 1\n[profile  'a']\ny = 2",
    profile: "a",
    values: { x: "1", y: "2" },
  },
  "reads default without the word profile": {
    config: "[default]\nx = 1",
    profile: "default",
    values: { x: "1" },
  },
  "lets the prefixed default displace an earlier one": {
    config: "[default]\nx = 1\n[profile default]\ny = 2",
    profile: "default",
    values: { x: undefined, y: "2" },
  },
  "lets the prefixed default displace a later one": {
    config: "[profile default]\ny = 2\n[default]\nx = 1\n[profile default]\nz = 3",
    credentials: "[default]\nw = 4",
    profile: "default",
    values: { w: "4", x: undefined, y: "2", z: "3" },
  },
  "does not let other sections run into a profile": {
    config: "[default]\nx = 1\n[foobar my-own]\nx = 2\ny = 2",
    profile: "default",
    values: { x: "1", y: undefined },
  },
  "does not share the keys of DEFAULT": {
    config: "[DEFAULT]\ny = 2\n[profile a]\nx = 1",
    profile: "a",
    values: { x: "1", y: undefined },
  },
  "trims a name in the credentials file": {
    credentials: "[   foo    ]\nx = 1",
    profile: "foo",
    values: { x: "1" },
  },
  "reads a name with blanks in the credentials file that the config file quotes": {
    config: "[profile 'my prof']\nx = 1",
    credentials: "[my prof]\ny = 2",
    profile: "my prof",
    values: { x: "1", y: "2" },
  },
  "reads a profile named like an object's own key": {
    config: "[profile __proto__]\nx = 1",
    profile: "__proto__",
    values: { x: "1", tostring: undefined },
  },
};

const missing: Record<string, { config?: string; credentials?: string; profile: string }> = {
  "does not find a bare name in the config file": { config: "[a]\nx = 1", profile: "a" },
  "does not find a prefixed name in the credentials file": {
    credentials: "[profile a]\nx = 1",
    profile: "a",
  },
  "does not find a name with blanks and no quotes": {
    config: "[profile in valid]\nx = 1",
    profile: "in valid",
  },
  "does not find a name with blanks in the credentials file alone": {
    credentials: "[in valid]\nx = 1",
    profile: "in valid",
  },
  "tells names apart by case": { config: "[profile Prod]\nx = 1", profile: "prod" },
  "does not find a session": { config: "[sso-session a]\nx = 1", profile: "a" },
};

describe("SharedConfig.profile", () => {
  for (const [sentence, example] of Object.entries(values)) {
    test(`profile() ${sentence}`, () => {
      const profile = sharedFrom(example.config ?? "", example.credentials).profile(example.profile);
      const read = Object.keys(example.values).map((key) => [key, profile?.get(key)?.value]);
      expect(profile?.name).toBe(example.profile);
      expect(Object.fromEntries(read)).toEqual(example.values);
    });
  }
  for (const [sentence, { config, credentials, profile }] of Object.entries(missing)) {
    test(`profile() ${sentence}`, () => {
      expect(sharedFrom(config ?? "", credentials).profile(profile)).toBeUndefined();
    });
  }

  test("profile() tells file, line and kind of file of each setting", () => {
    const profile = sharedFrom("# c\n[profile a]\n\nx = 1\nz = 3", "[a]\ny = 2\nx = 4").profile("a");
    expect(profile?.get("x")).toMatchObject({ file: credentialsPath, line: 3, fromCredentialsFile: true });
    expect(profile?.get("y")).toMatchObject({ file: credentialsPath, line: 2, fromCredentialsFile: true });
    expect(profile?.get("z")).toMatchObject({ file: configPath, line: 5, fromCredentialsFile: false });
  });
});

const broken: Record<string, { config?: string; credentials?: string; profile: string; message: string }> = {
  "refuses a malformed line in the profile": {
    config: "[profile a]\nx = 1\nwJalrXUtnFEMI",
    profile: "a",
    message: `cannot parse ${configPath}: line 3 has no = between a name and a value`,
  },
  "refuses a malformed line of the profile in the other file": {
    config: "[profile a]\nx = 1",
    credentials: "[a]\nwJalrXUtnFEMI",
    profile: "a",
    message: `cannot parse ${credentialsPath}: line 2 has no = between a name and a value`,
  },
  "refuses a profile whose header has no closing bracket": {
    config: "[profile a\nx = 1",
    profile: "a",
    message: `cannot parse ${configPath}: line 1 has no ] after the section's name`,
  },
  "refuses a missing profile where a header cannot be read": {
    config: "[profile a]\n[profile b # c\nx = 1",
    profile: "c",
    message: `cannot parse ${configPath}: line 2 has no ] after the section's name`,
  },
  "refuses a setting before the first section": {
    config: "aws_secret_access_key = wJalrXUtnFEMI\n[profile a]\nx = 1",
    profile: "a",
    message: `cannot parse ${configPath}: line 1 stands before the first [section]`,
  },
  "refuses a setting before the first section of the other file": {
    config: "[profile a]\nx = 1",
    credentials: "x = 1",
    profile: "a",
    message: `cannot parse ${credentialsPath}: line 1 stands before the first [section]`,
  },
};

test("profile() reads a profile once", () => {
  const shared = sharedFrom("[profile a]\nx = 1");
  expect(shared.profile("a")).toBe(shared.profile("a"));
});

describe("SharedConfig.profile with malformed files", () => {
  for (const [sentence, { config, credentials, profile, message }] of Object.entries(broken)) {
    test(`profile() ${sentence}`, () => {
      const failure = failureOf(() => sharedFrom(config ?? "", credentials).profile(profile));
      expect(failure.kind).toBe("failed");
      expect(failure.message).toBe(message);
      expect(JSON.stringify([failure.message, failure.notes, failure.hints])).not.toContain("wJalrXUtnFEMI");
    });
  }

  const text = "[profile a]\nx = 1\n[profile b]\nno equals sign\n[profile c\ny = 2\n";
  test("profile() reads a profile beside malformed ones", () => {
    const profile = sharedFrom(text).profile("a");
    expect([profile?.get("x")?.value, profile?.get("y")]).toEqual(["1", undefined]);
  });
  test("profile() ignores malformed sections where there is no default profile", () => {
    expect(sharedFrom(text).profile("default")).toBeUndefined();
  });
});

describe("a value that continues in an indented line", () => {
  const shared = sharedFrom(
    "[profile p]\nregion = eu-west-1\n  aws_secret_access_key = made-up-secret\ncredential_process = a\n  b",
  );
  test("get() refuses it and shows neither line: the second may be a secret", () => {
    const failure = failureOf(() => shared.profile("p")?.get("region"));
    expect(failure.message).toBe(
      `cannot use region (${configPath}:2): its value goes on in the line below, which is indented further`,
    );
    expect(failure.hints).toEqual(["remove the blanks at the beginning of the line below it"]);
  });
  test("get() takes it for settings that may have several lines", () => {
    expect(shared.profile("p")?.get("credential_process")?.value).toBe("a\nb");
  });
  test("get() takes it for keys, which the specification allows, but not with another setting in it", () => {
    const key = (line: string) =>
      sharedFrom(`[profile p]\naws_access_key_id = AKIA\n  ${line}\n`).profile("p")?.get("aws_access_key_id");
    expect(key("-continued # not a comment")?.value).toBe("AKIA\n-continued # not a comment");
    expect(key("base64==")?.value).toBe("AKIA\nbase64==");
    const failure = failureOf(() => key("aws_secret_access_key = made-up-secret"));
    expect(failure.message).toContain("its value goes on in the line below");
  });
});

describe("SharedConfig", () => {
  const shared = sharedFrom(
    "[sso-session \tcorp ]\nsso_region = eu-west-1\n[services local]\nsts =\n  endpoint_url = http://a\n[profile b]\n[default]",
    "[a]\n[b]\n[services other]\n[in valid]\n[corp]\nsso_region = us-east-1",
  );
  test("ssoSession() finds a session of the config file", () => {
    expect(shared.ssoSession("corp")?.get("sso_region")).toMatchObject({ value: "eu-west-1", line: 2 });
  });
  test("ssoSession() does not find one in the credentials file", () => {
    const other = sharedFrom("", "[sso-session corp]\nx = 1\n[corp]\nx = 1");
    expect(other.ssoSession("corp")).toBeUndefined();
  });
  test("services() finds nested settings with their lines", () => {
    const nested = shared.services("local")?.get("sts")?.nested;
    expect(nested?.get("endpoint_url")).toMatchObject({ value: "http://a", file: configPath, line: 5 });
  });
  test("services() does not find a section of the credentials file", () => {
    expect(shared.services("other")).toBeUndefined();
  });
  test("profileNames() lists every profile once", () => {
    expect(shared.profileNames()).toEqual(["b", "default", "a", "corp"]);
  });
  test("profileNames() has no name of the credentials file that counts only beside the config file's", () => {
    const names = sharedFrom("", "[my prof]\n[profile a]\n[default]\n").profileNames();
    expect(names).toEqual(["default"]);
  });
  test("profileNames() lists nothing of a header without its end, which may hold anything", () => {
    expect(sharedFrom("", "[a]\n[b\raws_secret_access_key = made-up\r[c]\n").profileNames()).toEqual(["a"]);
  });
  test("ssoSessionNames() lists the sessions of the config file", () => {
    const sessions = "[sso-session b]\n[profile a]\n[sso-session 'my a']\n[sso-session b]\n";
    expect(sharedFrom(sessions, "[sso-session c]\n").ssoSessionNames()).toEqual(["b", "my a"]);
  });
  test("credentialsLine() finds a header by the whole of it", () => {
    const files = sharedFrom("", "[a]\n[my prof]\n[unclosed");
    expect(["my prof", "prof", "unclosed"].map((name) => files.credentialsLine(name))).toEqual([
      2,
      undefined,
      undefined,
    ]);
  });
});

describe("misspelledHeader()", () => {
  const cases: Record<
    string,
    { config?: string; credentials?: string; kind?: SectionKind; name: string; header: string }
  > = {
    "finds a header without the word profile": {
      config: "[prod]\nx = 1",
      name: "prod",
      header: "[profile prod]",
    },
    "finds a name without its quotes": {
      config: "[profile my prof]",
      name: "my prof",
      header: "[profile 'my prof']",
    },
    "finds the word profile in another case": {
      config: "[Profile prod]",
      name: "prod",
      header: "[profile prod]",
    },
    "finds the word profile in the credentials file": {
      credentials: "[profile prod]",
      name: "prod",
      header: "[prod]",
    },
    "finds the session of a name without its quotes": {
      config: "[sso-session My Corp Ltd]",
      kind: "sso-session",
      name: "My Corp Ltd",
      header: "[sso-session 'My Corp Ltd']",
    },
    "finds the word sso-session in another case": {
      config: "[SSO-Session corp]",
      kind: "sso-session",
      name: "corp",
      header: "[sso-session corp]",
    },
  };
  for (const [sentence, { config = "", credentials = "", kind = "profile", name, header }] of Object.entries(
    cases,
  )) {
    test(`misspelledHeader() ${sentence}`, () => {
      const found = sharedFrom(`\n${config}`, `\n${credentials}`).misspelledHeader(kind, name);
      expect(found).toEqual({ file: config === "" ? credentialsPath : configPath, line: 2, header });
    });
  }

  test("misspelledHeader() is undefined for a name that neither file has, and for another kind of section", () => {
    const files = sharedFrom("[profile a]\n[services b]\n[c", "[sso-session d]\n[c");
    for (const name of ["a", "b", "c", "d"])
      expect(files.misspelledHeader("sso-session", name)).toBeUndefined();
    expect(files.misspelledHeader("profile", "b")).toBeUndefined();
  });
});

describe("a name that is not UTF-8", () => {
  const files = sharedFrom("[profile p\ufffd]\nregion = a\n[sso-session s\ufffd]\n", "[q\ufffd]\n");

  test("profile() and ssoSession() refuse it: other bytes are decoded to the same name", () => {
    expect(failureOf(() => files.profile("p\ufffd")).message).toBe(
      "cannot use profile p\ufffd: its name is not UTF-8",
    );
    expect(failureOf(() => files.ssoSession("s\ufffd")).message).toBe(
      "cannot use sso-session s\ufffd: its name is not UTF-8",
    );
  });

  test("profileNames() and ssoSessionNames() leave it out", () => {
    expect([files.profileNames(), files.ssoSessionNames()]).toEqual([[], []]);
  });
});

test("sharedConfig() finds one of thousands of profiles without reading the others", () => {
  const sections = Array.from({ length: 3000 }, (_, index) => `[profile p${index}]\nmalformed\n`);
  const shared = sharedFrom(`${sections.join("")}[profile wanted]\nx = 1`);
  expect(shared.profile("wanted")?.get("x")).toMatchObject({ value: "1", line: 6002 });
});
