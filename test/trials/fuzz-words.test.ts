/** Command lines, lists, addresses, names and times. */

import { checkDestination } from "../../src/aws/console/console-url.ts";
import { containerAddress } from "../../src/aws/container/container-address.ts";
import { parseArn, parseRoleArn, partitionOfArn } from "../../src/aws/endpoints/arn.ts";
import { customEndpoint } from "../../src/aws/endpoints/custom-endpoint.ts";
import { partitionById, partitionOfRegion } from "../../src/aws/endpoints/partitions.ts";
import { readRegion } from "../../src/aws/endpoints/region.ts";
import { resolveEndpoint } from "../../src/aws/endpoints/resolve-endpoint.ts";
import { isDirect } from "../../src/aws/http/no-proxy.ts";
import { proxyFor, proxyRules } from "../../src/aws/http/proxy.ts";
import { regionOfStartUrl, whyNoStartUrl } from "../../src/aws/sso/start-url.ts";
import { parse } from "../../src/cli/parse.ts";
import { readTargetProfiles } from "../../src/commands/dumpconfig/target-profiles.ts";
import { httpUrl } from "../../src/config/setting.ts";
import { keyVariables, secretVariables } from "../../src/credentials/cache/key-parts.ts";
import { planSteps } from "../../src/credentials/role-chain/plan-steps.ts";
import { parseRoleList } from "../../src/credentials/role-chain/role-list.ts";
import { roleParameters } from "../../src/credentials/role-chain/role-parameters.ts";
import { Failure } from "../../src/lib/errors.ts";
import { formatIsoTime, parseIsoTime } from "../../src/lib/iso-time.ts";
import { portalKey } from "../../src/lib/portal-key.ts";
import { readCallback } from "../../src/sso/login/callback.ts";
import { type Asked, answerFast, answerInGeneral, homeFiles, store } from "../support/cached-answers.ts";
import { keptAnswerOf, keptRole } from "../support/cached-credentials.ts";
import { CREDENTIALS_FILES, SECRET_LINES } from "./fuzz/config-samples.ts";
import { fuzz, textTarget } from "./fuzz/fuzz.ts";
import { answerOf, withoutStrays } from "./fuzz/judge.ts";
import { below, mutated, mutatedWords, pick } from "./fuzz/mutate.ts";
import { JSON_SECRETS } from "./fuzz/response-samples.ts";
import { TOKEN_FILES } from "./fuzz/store-samples.ts";
import {
  ARNS,
  CALLBACKS,
  COMMAND_LINES,
  NO_PROXY_LISTS,
  PROXIES,
  REGIONS,
  ROLE_LISTS,
  secretsBelong,
  TARGET_LISTS,
  TIMES,
  URLS,
  WORDS,
} from "./fuzz/word-samples.ts";

fuzz<readonly string[]>({
  name: "command lines",
  inputs: 3000,
  readable: 10,
  make: (random) => {
    for (;;) {
      const words = mutatedWords(COMMAND_LINES, WORDS, random);
      if (secretsBelong(words)) return words;
    }
  },
  read: (words) => {
    if (answerOf(() => parse(words)) === undefined) throw new Failure("usage", "no command line");
  },
});

const helperLines = COMMAND_LINES.filter((words) => words.includes("--use-cache"));
const helperValues = [
  "",
  "dev",
  "eu-west-1",
  "~/x",
  "$HOME/x",
  "/x",
  "a\nb",
  "b\ufffd",
  "a@b",
  "https://me:x@b",
];
const helperVariables = [
  "HOME",
  "AWS_LOGIN_HOME",
  ...keyVariables.split("\n"),
  ...secretVariables.split("\n"),
];

fuzz<Asked>({
  name: "command lines and variables of a helper",
  inputs: 3000,
  readable: 10,
  make: (random) => {
    const env: Record<string, string> = { HOME: "/home/me" };
    for (let changes = below(4, random); changes > 0; changes--)
      env[pick(helperVariables, random)] = pick(helperValues, random);
    return { words: mutatedWords(helperLines, WORDS, random), env };
  },
  read: (asked) => {
    const files = homeFiles();
    // What a wrong reader could take for the right one.
    for (const words of helperLines) {
      store({ words, env: { HOME: "/home/me" } }, files, keptRole({ answer: keptAnswerOf("ASIAOTHER") }));
      store({ words, env: asked.env }, files, keptRole({ answer: keptAnswerOf("ASIANEAR") }));
    }
    store(asked, files);
    const fast = answerFast(asked, files);
    if (fast === undefined) throw new Failure("usage", "left to the general way");
    if (fast !== answerInGeneral(asked, files)) throw new Error("the two ways have two answers");
  },
});

const plain = {
  profileRoles: [],
  options: { getSessionToken: false, getFederationToken: false },
  sourceKind: "long-term",
  partition: partitionById("aws") ?? partitionOfRegion("us-east-1"),
  profileMfaSerial: undefined,
} as const;

fuzz(
  textTarget({
    name: "lists of roles",
    inputs: 2000,
    readable: 5,
    samples: ROLE_LISTS,
    read: (text) => {
      const roles = parseRoleList({ text, source: "--assume-roles" });
      for (const step of planSteps({ ...plain, roles: roles.slice(0, 50) })) {
        if (step.kind !== "role") throw new Error("it is no role");
        for (const [name, value] of roleParameters(step, undefined)) {
          if (name === "" || typeof value !== "string") throw new Error(`${name} is no text`);
        }
      }
    },
  }),
);

fuzz(
  textTarget({
    name: "lists of target profiles",
    inputs: 1000,
    readable: 5,
    samples: TARGET_LISTS,
    read: (text) =>
      readTargetProfiles(text, { env: {}, home: async () => "/home/me", readText: async () => text }),
  }),
);

fuzz<string>({
  name: "files that are no lists, named as one",
  inputs: 1500,
  readable: 0,
  make: (random) => {
    const [samples, place] = pick(
      [
        [CREDENTIALS_FILES, SECRET_LINES],
        [TOKEN_FILES, JSON_SECRETS],
      ] as const,
      random,
    );
    // What begins as an ARN is shown as one.
    return withoutStrays(mutated(samples, random), place).replaceAll("arn:", "arn");
  },
  read: async (text) => {
    const source = "/home/me/.aws/x";
    answerOf(() => planSteps({ ...plain, roles: parseRoleList({ text, source }) }));
    await readTargetProfiles("file://x", { env: {}, home: async () => "/", readText: async () => text });
  },
});

fuzz(
  textTarget({
    name: "addresses",
    inputs: 2000,
    readable: 100,
    samples: URLS,
    read: (text) => {
      regionOfStartUrl(text);
      const why = whyNoStartUrl(text);
      if (why === undefined && new URL(text).username !== "") throw new Error("a start URL with a user name");
      portalKey(text);
      const url = answerOf(() => httpUrl({ value: text, source: "V" }));
      const custom = answerOf(() => customEndpoint({ url: url ?? text, source: "V" }));
      if (url !== undefined && custom === undefined) throw new Error("a URL that is one, and is none");
      if (custom !== undefined && new URL(custom.url).host !== custom.host) throw new Error("another host");
      const local = answerOf(() => containerAddress("AWS_CONTAINER_CREDENTIALS_FULL_URI", text));
      if (local?.url.protocol === "http:" && !local.local) throw new Error("a token goes out in the clear");
      answerOf(() => containerAddress("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", text));
      answerOf(() => checkDestination(text));
    },
  }),
);

fuzz(
  textTarget({
    name: "ARNs",
    inputs: 1000,
    readable: 1,
    samples: ARNS,
    read: (text) => {
      const arn = parseArn(text);
      partitionOfArn(text);
      const { partition, service, region, account, resource } = parseRoleArn(text, "--assume-roles");
      if (arn === undefined || text !== `arn:${partition}:${service}:${region}:${account}:${resource}`) {
        throw new Error("the parts are not the whole");
      }
    },
  }),
);

fuzz(
  textTarget({
    name: "times",
    inputs: 1000,
    readable: 100,
    samples: TIMES,
    read: (text) => {
      const time = parseIsoTime(text);
      if (time === undefined) return;
      // The runtime's own reader, for what it can read.
      const theirs = Date.parse(text.replace("UTC", "Z").replace(" ", "T"));
      if (!Number.isNaN(theirs) && theirs !== time) throw new Error(`${time} is ${theirs} for others`);
      const again = parseIsoTime(formatIsoTime(time));
      if (again === undefined || again > time || time - again >= 1000)
        throw new Error("it reads back as another time");
    },
  }),
);

fuzz(
  textTarget({
    name: "regions",
    inputs: 1000,
    readable: 10,
    samples: REGIONS,
    read: (setting) => {
      const { partition } = readRegion(setting);
      for (const fips of [false, true]) {
        for (const service of ["sts", "sso", "sso_oidc", "signin"] as const) {
          const settings = { region: setting, fips, dualStack: false, legacyGlobal: false };
          const { url, host } = resolveEndpoint(service, settings);
          const domains = [partition.dnsSuffix, partition.signInDomain, "amazonaws-us-gov.com"];
          const isOfAws = domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
          if (!isOfAws || new URL(url).host !== host.toLowerCase()) throw new Error(`${url} is not AWS's`);
        }
      }
    },
  }),
);

fuzz(
  textTarget({
    name: "lists of what needs no proxy",
    inputs: 1000,
    readable: 100,
    samples: NO_PROXY_LISTS,
    read: (text) => {
      const rules = proxyRules({ HTTPS_PROXY: "http://proxy.example:1", NO_PROXY: text });
      for (const host of [
        "sts.amazonaws.com",
        "10.1.2.3",
        "[fd00::7]",
        "a.example.com",
        "example.com:8443",
      ]) {
        isDirect(new URL(`https://${host}/`), rules.bypass);
      }
      if (proxyFor(new URL("https://127.0.0.1/"), rules) !== undefined)
        throw new Error("this machine by a proxy");
    },
  }),
);

fuzz(
  textTarget({
    name: "proxies",
    inputs: 500,
    readable: 5,
    samples: PROXIES,
    read: (text) => {
      const proxy = proxyRules({ https_proxy: text }).https;
      if (proxy === undefined) return;
      new URL(proxy.url);
      if (new URL(proxy.shown).username !== "") throw new Error("a user name is shown");
    },
  }),
);

const state = "made-up-state";

fuzz<{ readonly method: string; readonly host: string; readonly target: string }>({
  name: "requests to the callback address",
  inputs: 500,
  readable: 100,
  make: (random) => ({
    method: pick(["GET", "GET", "POST", "OPTIONS"], random),
    host: pick(["127.0.0.1:8000", "127.0.0.1:8000", "localhost:8000", "127.0.0.1:80"], random),
    target: mutatedWords([CALLBACKS], CALLBACKS, random).join(""),
  }),
  read: (request) => {
    const callback = readCallback(request, state, 8000);
    const counts = callback.kind !== "stray";
    if (
      counts &&
      (request.host !== "127.0.0.1:8000" || request.method !== "GET" || !request.target.includes(state))
    ) {
      throw new Error("a stray ends the sign-in");
    }
  },
});
