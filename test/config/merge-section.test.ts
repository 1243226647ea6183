import { expect, test } from "bun:test";
import { parseIni } from "../../src/config/ini.ts";
import { readProperties } from "../../src/config/ini-properties.ts";
import { mergeSection, type SectionPart } from "../../src/config/merge-section.ts";

/** Every section of the text, as parts of one. */
function partsOf(text: string, path: string): SectionPart[] {
  const file = parseIni(text, path);
  return file.sections.map((section) => ({
    file,
    fromCredentialsFile: path === "credentials",
    properties: readProperties(file, section),
  }));
}

const section = mergeSection("dev", [
  ...partsOf(
    "[profile dev]\nregion = eu-west-1\ns3 =\n  region = eu-west-2\n[profile dev]\noutput = json\n",
    "config",
  ),
  ...partsOf("[dev]\nregion = us-east-1 # near\n", "credentials"),
]);

test("mergeSection() gives each setting of the last part that has it, with its place", () => {
  expect(section.get("region")).toMatchObject({
    value: "us-east-1",
    file: "credentials",
    line: 2,
    fromCredentialsFile: true,
    comment: { sign: "#", column: 20 },
  });
  expect(section.get("output")).toMatchObject({ value: "json", file: "config", line: 6 });
  expect(section.get("role_arn")).toBeUndefined();
  expect(section.get("s3")?.nested?.get("region")).toMatchObject({ value: "eu-west-2", line: 4 });
});

test("mergeSection() lists every setting once, and the keys of every part", () => {
  expect([...section.properties().keys()]).toEqual(["region", "s3", "output"]);
  expect(section.properties().get("region")?.value).toBe("us-east-1");
  expect(section.keys()).toEqual(["region", "s3", "output", "region"]);
});

test("mergeSection() refuses a value that continues, but for settings that may", () => {
  const text = "[dev]\nregion = a\n  b\ncredential_process = run\n  this\naws_session_token = ab\n  cd==\n";
  const continued = mergeSection("dev", partsOf(text, "config"));
  expect(() => continued.get("region")).toThrow(
    "cannot use region (config:2): its value goes on in the line below",
  );
  expect(continued.get("credential_process")?.value).toBe("run\nthis");
  expect(continued.get("aws_session_token")?.value).toBe("ab\ncd==");
});
