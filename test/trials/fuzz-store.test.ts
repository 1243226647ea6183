/** Stored files: sign-in tokens, client registrations, credentials and why there are none. */

import { isDeepStrictEqual } from "node:util";
import { type Entry, entryFacts, formatEntry, parseEntry } from "../../src/credentials/cache/entry.ts";
import { failureNote, notedFailure } from "../../src/credentials/cache/failure-note.ts";
import { parseCached } from "../../src/credentials/cache/serialize.ts";
import { parseLoginFile, renewedLoginText } from "../../src/credentials/sources/login-session-file.ts";
import { type Fields, readFields } from "../../src/lib/json-object.ts";
import { portalKey } from "../../src/lib/portal-key.ts";
import { pythonJson } from "../../src/lib/python-json.ts";
import { portals } from "../../src/sso/own-token-cache.ts";
import { formatRegistration, parseRegistration } from "../../src/sso/registration-file.ts";
import { formatToken, parseToken } from "../../src/sso/token-file.ts";
import { canRefresh, shownEnd, tokenState } from "../../src/sso/token-lifetime.ts";
import { fuzz, textTarget } from "./fuzz/fuzz.ts";
import { answerOf, SECRET, wrongThrown } from "./fuzz/judge.ts";
import {
  ENTRY_KEY,
  entriesFor,
  LOGIN_FILES,
  NOTES,
  PORTAL_LISTS,
  REGISTRATIONS,
  TOKEN_FILES,
} from "./fuzz/store-samples.ts";

const noon = Date.UTC(2030, 0, 31, 12);

fuzz(
  textTarget({
    name: "token files",
    inputs: 1500,
    readable: 100,
    samples: TOKEN_FILES,
    read: (text) => {
      const token = parseToken(text);
      if (token === undefined) return;
      tokenState(token, noon);
      canRefresh(token, noon);
      shownEnd(token);
      portalKey(token.startUrl ?? "");
      const { fields, ...members } = token;
      const { fields: cached, ...again } = parseToken(formatToken(members, fields)) ?? { fields: noFields };
      if (!isDeepStrictEqual(again, members)) throw new Error("what is written reads back otherwise");
      for (const name of Object.keys(fields)) {
        const wasDropped = textless(name, fields[name]);
        if (!wasDropped && !sameJson(cached[name], fields[name]))
          throw new Error(`the field ${name} is lost`);
      }
    },
  }),
);

const noFields: Fields = {};

/** A member that the program knows and that is not the text it must be goes when the file is written. */
function textless(name: string, value: unknown): boolean {
  const known = ["startUrl", "region", "clientId", "clientSecret", "registrationExpiresAt", "refreshToken"];
  return known.includes(name) && (typeof value !== "string" || value === "");
}

/** Numbers beyond what JavaScript holds are written as what it made of them. */
function sameJson(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, JSON.parse(JSON.stringify(other)));
}

fuzz(
  textTarget({
    name: "client registrations",
    inputs: 1000,
    readable: 100,
    samples: REGISTRATIONS,
    read: (text) => {
      const registration = parseRegistration(text);
      if (registration === undefined) return;
      if (!isDeepStrictEqual(parseRegistration(formatRegistration(registration)), registration)) {
        throw new Error("what is written reads back otherwise");
      }
    },
  }),
);

fuzz(
  textTarget({
    name: "files of aws login",
    inputs: 1000,
    readable: 100,
    samples: LOGIN_FILES,
    read: (text) => {
      const file = parseLoginFile(text);
      if (file === undefined) return;
      const keys = {
        accessKeyId: "ASIANEW",
        secretAccessKey: SECRET,
        sessionToken: SECRET,
        expiresAt: "2030-01-31T13:00:00Z",
      };
      const again = parseLoginFile(renewedLoginText(file, keys, "new"));
      if (again === undefined || !isDeepStrictEqual(again.keys, keys) || again.refreshToken !== "new") {
        throw new Error("what is written reads back otherwise");
      }
      for (const name of Object.keys(file.fields)) {
        if (name === "accessToken" || name === "refreshToken") continue;
        if (!sameJson(again.fields[name], file.fields[name])) throw new Error(`the field ${name} is lost`);
      }
    },
  }),
);

fuzz(
  textTarget({
    name: "JSON in Python's form",
    inputs: 1000,
    readable: 100,
    samples: [...TOKEN_FILES, ...LOGIN_FILES],
    read: (text) => {
      const fields = readFields(text);
      if (fields === undefined) return;
      const written = pythonJson(fields);
      if (/[^ -~]/.test(written)) throw new Error("it writes more than printable ASCII");
      if (!sameJson(JSON.parse(written), fields)) throw new Error("what is written reads back otherwise");
    },
  }),
);

fuzz(
  textTarget({
    name: "lists of portals",
    inputs: 500,
    readable: 100,
    samples: PORTAL_LISTS,
    read: async (text) => {
      for (const startUrl of await portals({ readOwn: async () => text }, "/home/me/.aws-login"))
        portalKey(startUrl);
    },
  }),
);

fuzz(
  textTarget({
    name: "notes of failures",
    inputs: 1000,
    readable: 100,
    samples: NOTES,
    read: (text) => {
      const policy = { signIn: "auto", refresh: "auto" } as const;
      const failure = notedFailure(text, policy);
      if (failure === undefined) return;
      const wrong = wrongThrown(failure);
      if (wrong !== undefined) throw new Error(wrong);
      if (failureNote(failure, policy)?.includes("\n")) throw new Error("the note has more than one line");
    },
  }),
);

const entries = entriesFor(noon);

fuzz(
  textTarget({
    name: "cached credentials",
    inputs: 3000,
    readable: 100,
    samples: entries.map((entry) => formatEntry(ENTRY_KEY, entry)),
    read: (text) => {
      answerOf(() => entryFacts(text));
      const entry = parseEntry(text, ENTRY_KEY);
      if (entry === undefined) return;
      if (entry.cached !== undefined) parseCached(entry.cached);
      if (!entries.some((stored: Entry) => isDeepStrictEqual(stored, entry))) {
        throw new Error(`it is taken for ${JSON.stringify(entry)}, which no run cached`);
      }
    },
  }),
);
