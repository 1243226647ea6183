import { describe, expect, test } from "bun:test";
import { cachedText, parseCached } from "../../../src/credentials/cache/serialize.ts";
import type { Acquired } from "../../../src/credentials/retrieval.ts";
import { formatCredentialHelper } from "../../../src/lib/credential-process-json.ts";
import { keptRole } from "../../support/cached-credentials.ts";
import { noon } from "../../support/fake-system.ts";
import { madeUpSecret, madeUpToken } from "../../support/sts-answers.ts";

const role: Acquired = {
  credentials: {
    accessKeyId: "ASIAROLE",
    secretAccessKey: madeUpSecret,
    sessionToken: madeUpToken,
    expiration: noon + 123_000,
    accountId: "012345678901",
  },
  kind: "chained-role",
  principal: "arn:aws:sts::012345678901:assumed-role/Deploy/aws-login",
};

function roundTrip(acquired: Acquired): Acquired | undefined {
  const { credentials } = acquired;
  const answer = formatCredentialHelper(credentials);
  return parseCached(keptRole({ about: cachedText(acquired), answer }));
}

describe("parseCached()", () => {
  test("parseCached() restores what cachedText() and the answer hold, and AWS's own time of their end", () => {
    expect(roundTrip(role)).toEqual(role);
  });

  test("parseCached() has no account where none was stored", () => {
    const { accountId: _, ...credentials } = role.credentials;
    expect(roundTrip({ ...role, credentials })).toEqual({ ...role, credentials });
  });

  const damaged: Record<string, Partial<Parameters<typeof parseCached>[0]>> = {
    "no JSON": { about: "{" },
    "a kind that there is not": { about: '{"kind":"toString","principal":"a role"}' },
    "no principal": { about: '{"kind":"role"}' },
    "an answer that is none": { answer: "[]\n" },
    "an answer that does not end": {
      answer: '{"AccessKeyId":"A","SecretAccessKey":"B","SessionToken":"C"}\n',
    },
    "an answer without a token": { answer: '{"AccessKeyId":"A","SecretAccessKey":"B"}\n' },
  };
  test.each(Object.entries(damaged))("parseCached() takes nothing from %s", (_, changed) => {
    expect(parseCached(keptRole(changed))).toBeUndefined();
  });
});
