/** What a command left in its files: each whole, and nothing beside them. */

import { entryFacts } from "../../../src/credentials/cache/entry.ts";
import { parseRegistration } from "../../../src/sso/registration-file.ts";
import { parseToken } from "../../../src/sso/token-file.ts";

type Files = ReadonlyMap<string, string>;

interface Sort {
  /** Of the path. */
  readonly of: RegExp;
  readonly isWhole: (text: string) => boolean;
}

/** Every sort of file that a command may leave. */
const sorts: readonly Sort[] = [
  {
    of: /\/\.aws\/sso\/cache\/[0-9a-f]{40}\.json$/,
    isWhole: (text) => isToken(text) || isRegistration(text),
  },
  { of: /\/\.aws-login\/tokens\/[0-9a-f]{64}\.json$/, isWhole: isToken },
  { of: /\/\.aws-login\/clients\/[0-9a-f]{64}\.json$/, isWhole: isRegistration },
  { of: /\/\.aws-login\/credentials\/[^/.]+$/, isWhole: (text) => entryFacts(text) !== undefined },
  { of: /\/\.aws-login\/portals\.json$/, isWhole: (text) => Array.isArray(JSON.parse(text).startUrls) },
  { of: /\/\.aws-login\/locks\/[^/.]+$/, isWhole: (text) => text === "" },
  { of: /\/\.aws\/login\/cache\/[0-9a-f]{64}\.json$/, isWhole: isLogin },
];

/** What is wrong with the files, a line each. Those that are as they were before are left out. */
export function wrongFiles(before: Files, after: Files): string[] {
  const wrong: string[] = [];
  for (const [path, text] of after) {
    if (before.get(path) === text) continue;
    const sort = sorts.find(({ of }) => of.test(path));
    if (sort === undefined) wrong.push(`${path} was ${before.has(path) ? "changed" : "left"}`);
    else if (!isWhole(sort, text)) wrong.push(`${path} is not whole`);
  }
  return wrong;
}

/** The files that hold a token now and did not before. */
export function newTokens(before: Files, after: Files): string[] {
  return [...after]
    .filter(([path, text]) => text.includes("accessToken") && !before.has(path))
    .map(([path]) => path);
}

function isWhole({ isWhole: judge }: Sort, text: string): boolean {
  try {
    return judge(text);
  } catch {
    return false;
  }
}

function isToken(text: string): boolean {
  const token = parseToken(text);
  return token !== undefined && token.accessToken.length > 20 && !Number.isNaN(Date.parse(token.expiresAt));
}

function isRegistration(text: string): boolean {
  return parseRegistration(text) !== undefined && !isToken(text);
}

function isLogin(text: string): boolean {
  const { accessToken, refreshToken, dpopKey } = JSON.parse(text);
  return [accessToken.sessionToken, refreshToken, dpopKey].every((part) => typeof part === "string");
}
