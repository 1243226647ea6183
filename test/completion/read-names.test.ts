import { describe, expect, test } from "bun:test";
import { askedFor } from "../../src/completion/asked-for.ts";
import { type NowFiles, readNames } from "../../src/completion/read-names.ts";
import { Failure } from "../../src/lib/errors.ts";
import { beginningInAnyCase } from "../../src/lib/name-lines.ts";
import { cliTokenPath } from "../../src/sso/aws-cli-cache.ts";
import { formatListing } from "../../src/sso/listing-file.ts";
import { listingPath } from "../../src/sso/listing-path.ts";
import { ownTokenPath } from "../../src/sso/own-token-cache.ts";
import { failureOf } from "../support/failure.ts";

const own = "/home/me/.aws-login";
const ownUrl = "https://own.awsapps.com/start";

function listing(accountId: string, accountName: string): string {
  return formatListing({ listedAt: 1, accounts: [{ accountId, accountName, roles: ["Admin"] }] });
}

const texts: Record<string, string> = {
  "/home/me/.aws/config": "[profile dev]\n[sso-session my-sso]\n",
  "/home/me/.aws/credentials": "[ana]\n",
  [listingPath(own, cliTokenPath("/home/me", { sessionName: "my-sso", startUrl: "" }))]: listing(
    "111111111111",
    "Of session",
  ),
  [listingPath(own, ownTokenPath(own, ownUrl))]: listing("222222222222", "Of own"),
};

function filesOf(more: Partial<NowFiles> = {}): NowFiles {
  return {
    readNow: (path) => texts[path],
    namesIn: (folder) =>
      Object.keys(texts).flatMap((path) =>
        path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [],
      ),
    areOwn: () => false,
    ...more,
  };
}

async function names(words: readonly string[], env: Record<string, string> = {}, files = filesOf()) {
  const asked = askedFor(words.slice(0, -1), words.at(-1) ?? "");
  if (asked === undefined) throw new Error("nothing is asked for");
  const found = await readNames(asked, { HOME: "/home/me", ...env }, files);
  return found
    .flatMap((lines) => beginningInAnyCase(asked.prefix, lines).split("\n").slice(1, -1))
    .map((line) => line.replace(/\t.*/, ""))
    .toSorted();
}

describe("readNames()", () => {
  test("readNames() has profiles of both files and all listings for a target word", async () => {
    expect(await names(["console", ""])).toEqual(["Admin", "Admin", "Of own", "Of session", "ana", "dev"]);
    expect(await names(["console", "of", ""])).toEqual([]);
  });

  test("readNames() has only the portal that an option names, and no profiles beside it", async () => {
    expect(await names(["console", "--sso-session", "my-sso", ""])).toEqual(["Admin", "Of session"]);
    expect(await names(["console", "--start-url", `${ownUrl}/`, "o"])).toEqual(["Of own"]);
    expect(await names(["console", "--start-url", "https://none", ""])).toEqual([]);
  });

  test("readNames() has profiles, sessions, accounts and roles for their options", async () => {
    expect(await names(["console", "--profile", ""])).toEqual(["ana", "dev"]);
    expect(await names(["login", "--sso-session", ""])).toEqual(["my-sso"]);
    expect(await names(["console", "--sso-acct-id", ""])).toEqual(["111111111111", "222222222222"]);
    expect(await names(["console", "--sso-acct-id=111111111111", "--sso-role-name", ""])).toEqual(["Admin"]);
  });

  test("readNames() takes nothing from what a killed write of a listing left", async () => {
    const left = `${listingPath(own, "x")}.0123456789abcdef.tmp`;
    const files = filesOf({ namesIn: () => [left.slice(left.lastIndexOf("/") + 1)] });
    expect(
      await names(
        ["console", "--sso-acct-id", ""],
        {},
        { ...files, readNow: () => listing("333333333333", "Left") },
      ),
    ).toEqual([]);
  });

  test("readNames() takes listings of another folder only from this user's files", async () => {
    const env = { AWS_LOGIN_HOME: own };
    expect(await names(["console", "--sso-acct-id", ""], env)).toEqual([]);
    const ownFiles = filesOf({ areOwn: () => true });
    expect(await names(["console", "--sso-acct-id", ""], env, ownFiles)).toHaveLength(2);
  });

  test("readNames() reads nothing where there is no home, and fails with a file that cannot be read", async () => {
    expect(await names(["console", ""], { HOME: "" })).toEqual([]);
    const broken = filesOf({
      readNow: () => {
        throw new Failure("failed", "cannot read it");
      },
    });
    expect((await failureOf(() => names(["console", ""], {}, broken))).message).toBe("cannot read it");
  });
});
