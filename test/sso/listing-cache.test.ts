import { describe, expect, test } from "bun:test";
import { readListing, removeListing, writeListing } from "../../src/sso/listing-cache.ts";
import { formatListing, listingParts } from "../../src/sso/listing-file.ts";
import { listingPath } from "../../src/sso/listing-path.ts";
import { noon } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";

const folder = "/home/me/.aws-login";
const listing = formatListing({
  listedAt: noon,
  accounts: [{ accountId: "111111111111", accountName: "one", roles: ["R"] }],
});
const ignore = () => {};

describe("a cached listing", () => {
  test("is read as it was written, by its own sign-in alone, until it is removed", async () => {
    const files = memoryFiles();
    await writeListing(files, folder, "/token", listing, ignore);
    expect(await readListing(files, folder, "/token", ignore)).toEqual(listingParts(listing));
    expect(await readListing(files, folder, "/other", ignore)).toBeUndefined();
    await removeListing(files, folder, "/token");
    expect(await readListing(files, folder, "/token", ignore)).toBeUndefined();
  });

  test("is left out, and the trace told, where it cannot be read or written", async () => {
    const files = memoryFiles();
    const told: string[] = [];
    const broken = {
      ...files,
      readOwn: async () => Promise.reject(new Error("EACCES")),
      replaceFile: async () => Promise.reject(new Error("ENOSPC")),
    };
    expect(await readListing(broken, folder, "/token", (line) => told.push(line))).toBeUndefined();
    await writeListing(broken, folder, "/token", listing, (line) => told.push(line));
    expect(told[0]).toContain(`cannot read ${listingPath(folder, "/token")}: EACCES`);
    expect(told[1]).toContain(`cannot write ${listingPath(folder, "/token")}: ENOSPC`);
  });

  test("has no place without a home directory", async () => {
    const files = memoryFiles();
    await writeListing(files, undefined, "/token", listing, ignore);
    expect(files.files.size).toBe(0);
    expect(await readListing(files, undefined, "/token", ignore)).toBeUndefined();
  });
});
