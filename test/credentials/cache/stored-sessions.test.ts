import { expect, test } from "bun:test";
import { formatEntry } from "../../../src/credentials/cache/entry.ts";
import { entryPath } from "../../../src/credentials/cache/read.ts";
import { storedSessions } from "../../../src/credentials/cache/stored-sessions.ts";
import { keptRole, key } from "../../support/cached-credentials.ts";
import { memoryFiles } from "../../support/memory-files.ts";

const folder = "/home/me/.aws-login";

test("storedSessions() has the principal and the end of each entry, and leaves out what is none", async () => {
  const cached = keptRole({});
  const files = memoryFiles({
    [entryPath(folder, key.request)]: formatEntry(key, { cached, note: undefined }),
    [entryPath(folder, "other")]: formatEntry(
      { ...key, request: "other" },
      { cached: undefined, note: { at: 1, text: "failed" } },
    ),
    [`${folder}/credentials/cut`]: "aws-login credentials 1\n",
  });
  const sessions = await storedSessions(files, folder);
  expect(sessions).toEqual([{ principal: JSON.parse(cached.about).principal, expires: cached.expires }]);
});
