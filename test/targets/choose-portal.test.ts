import { describe, expect, test } from "bun:test";
import type { PortalEntry } from "../../src/sso/obvious-portal.ts";
import type { System } from "../../src/system/types.ts";
import { choosePortal, choosePortalToSignIn } from "../../src/targets/choose-portal.ts";
import type { KnownPortal } from "../../src/targets/known-portals.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";

const entries: readonly PortalEntry[] = [
  { option: "--sso-session", name: "spare", startUrl: "https://d-2.awsapps.com/start" },
  { option: "--sso-session", name: "corp", startUrl: "https://d-1.awsapps.com/start" },
  { option: "--sso-session", name: "new", startUrl: undefined },
];
const same = (option: string, value: string) => `aws-login login ${option} ${value}`;

describe("choosePortal()", () => {
  test("choosePortal() lists name and start URL in the order of the names, and says how to do without", async () => {
    const shown: string[] = [];
    const promptLine: System["promptLine"] = async (text) => {
      shown.push(text);
      return "3";
    };
    const system = fakeSystem({ instead: { promptLine } });
    expect(await choosePortal(entries, same, system)).toEqual(entries[0] as PortalEntry);
    expect(shown).toEqual([
      "  1  corp  https://d-1.awsapps.com/start\n  2  new\n  3  spare  https://d-2.awsapps.com/start\nnumber, or words to look for (nothing leaves): ",
    ]);
    expect(system.stderrLines).toEqual([
      "aws-login: the same without asking: aws-login login --sso-session spare",
    ]);
  });

  test("choosePortal() finds a portal by words of its session or its start URL", async () => {
    for (const [word, name] of [
      ["CORP", "corp"],
      ["d-2", "spare"],
    ] as const) {
      const system = fakeSystem({ instead: { promptLine: async () => word } });
      expect((await choosePortal(entries, same, system)).name).toBe(name);
    }
  });

  test("choosePortal() draws profiles on a screen too", async () => {
    const drawn: string[] = [];
    const onScreen: System["onScreen"] = (work) =>
      work({
        size: () => ({ columns: 80, rows: 24 }),
        draw: (text) => drawn.push(text),
        next: async () => ({ kind: "input", text: "b\r" }),
        wake: () => {},
      });
    const system = fakeSystem({ env: { TERM: "xterm", NO_COLOR: "1" }, instead: { onScreen } });
    const ofProfiles = ["a", "b"].map(
      (name): PortalEntry => ({ option: "--profile", name, startUrl: `https://${name}x.awsapps.com/start` }),
    );
    expect((await choosePortal(ofProfiles, same, system)).name).toBe("b");
    expect(drawn[0]).toContain("> a  https://ax.awsapps.com/start");
  });

  test("choosePortal() names the portals where there is no terminal, and ends with a person who leaves", async () => {
    const failure = await failureOf(() => choosePortal(entries, same, fakeSystem()));
    expect([failure.kind, failure.message]).toEqual([
      "usage",
      "the config file has several Identity Center portals: spare, corp, new",
    ]);
    const left = await failureOf(() =>
      choosePortal(entries, same, fakeSystem({ instead: { promptLine: async () => "" } })),
    );
    expect([left.kind, left.message]).toEqual(["interrupted", "choosing a portal: interrupted"]);
  });
});

describe("choosePortalToSignIn()", () => {
  const known = (name: string, more: Partial<KnownPortal>): KnownPortal => ({
    choice: { kind: "own", startUrl: `https://${name}.awsapps.com/start`, region: undefined },
    startUrl: `https://${name}.awsapps.com/start`,
    ssoSession: undefined,
    signIn: "needed",
    listingName: name,
    options: {},
    shown: `--start-url https://${name}.awsapps.com/start`,
    ...more,
  });
  const portals = [
    known("c", { options: { useCache: true } }),
    known("b", { options: { profile: "old" }, shown: "--profile old" }),
    known("a", { options: { ssoSession: "corp" }, ssoSession: "corp", shown: "--sso-session corp" }),
  ];

  test("choosePortalToSignIn() lists sessions, profiles and start URLs, and says how to sign in", async () => {
    const shown: string[] = [];
    const promptLine: System["promptLine"] = async (text) => {
      shown.push(text);
      return "3";
    };
    const system = fakeSystem({ instead: { promptLine } });
    expect(await choosePortalToSignIn(portals, system)).toBe(portals[1]);
    expect(shown[0]?.split("\n").slice(0, 3)).toEqual([
      "  1  corp  https://a.awsapps.com/start",
      "  2  https://c.awsapps.com/start",
      "  3  old  https://b.awsapps.com/start",
    ]);
    expect(system.stderrLines).toEqual([
      "aws-login: to sign in there without asking: aws-login login --profile old",
    ]);
  });

  test("choosePortalToSignIn() gives nothing without a terminal", async () => {
    const system = fakeSystem();
    expect(await choosePortalToSignIn(portals, system)).toBeUndefined();
    expect(system.stderrLines).toEqual([]);
  });
});
