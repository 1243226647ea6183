/** The executable over what the sources from outside of AWS, people and commands give it, mutated. */
import { createHash, generateKeyPairSync } from "node:crypto";
import { fakeBrowser } from "../end-to-end/support/browser.ts";
import { keyLines } from "../end-to-end/support/identities.ts";
import {
  ecKeys,
  keyPem,
  outsideArns,
  outsideWorld,
  serverCertificate,
} from "../end-to-end/support/own-authority.ts";
import { actionsPath } from "../stand-in/actions/actions.ts";
import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES, SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import { actionsSecret, loginToken, webToken } from "./faults/scenario.ts";
import { type Chance, mutated, pick } from "./fuzz/mutate.ts";
import { mutatedResponse } from "./fuzz/mutated-response.ts";
import { fuzzProgram, type ProgramInput, wrongCaller, wrongHelperAnswer } from "./fuzz/program.ts";
import {
  ACTIONS_SECRETS,
  ACTIONS_TOKENS,
  CERTIFICATE_SESSIONS,
  JSON_SECRETS,
  LOGIN_RESPONSES,
  NEW_LOGIN_RESPONSES,
} from "./fuzz/response-samples.ts";

const { guarded, jump } = SAMPLE_ROLES;
const helper = ["dumpcreds", "--credential-helper"];

const keys = ecKeys();
const password = "made-up password of a private key";
const plainKey = keyPem(keys);
const lockedKey = keyPem(keys, password);
const certificate = serverCertificate({ subject: "server", keys });
const byCertificate = [...helper, "--certificate", "~/server.pem", ...outsideArns];

fuzzProgram({
  name: "responses of Roles Anywhere",
  inputs: 40,
  options: { world: outsideWorld },
  secrets: { "private key": plainKey.split("\n")[1] ?? "" },
  prepare: async () => {},
  make: (random): ProgramInput => ({
    args: [...byCertificate, ...(random() < 0.5 ? [] : ["--verbose"])],
    files: { "server.pem": plainKey + certificate },
    faults: [mutatedResponse({ service: "rolesanywhere" }, CERTIFICATE_SESSIONS, JSON_SECRETS, random, 201)],
    wrongOutput: wrongHelperAnswer,
  }),
});

fuzzProgram({
  name: "certificates, private keys and their passwords",
  inputs: 40,
  options: { world: outsideWorld },
  secrets: {
    "private key": plainKey.split("\n")[1] ?? "",
    "encrypted private key": lockedKey.split("\n")[1] ?? "",
    password,
  },
  prepare: async () => {},
  make: (random): ProgramInput => {
    const locked = random() < 0.5;
    const texts = [certificate, locked ? lockedKey : plainKey, `${password}\n`, certificate];
    const changed = Math.floor(random() * texts.length);
    const [server = "", key = "", typed = "", chain = ""] = texts.map((text, index) =>
      index === changed ? mutated(texts, random) : text,
    );
    const passwordFile = locked ? ["--private-key-password-file", "~/password"] : [];
    const files = ["--private-key", "~/key.pem", "--intermediates", "~/chain.pem", ...passwordFile];
    return {
      args: [...byCertificate, ...files],
      files: { "server.pem": server, "key.pem": key, password: typed, "chain.pem": chain },
      wrongOutput: wrongHelperAnswer,
    };
  },
});

const inJob = {
  world: {
    ...SAMPLE_WORLD,
    webIdentities: [{ token: webToken, roles: [jump] }],
    actions: { requestToken: actionsSecret, token: webToken },
  },
};

fuzzProgram({
  name: "responses of GitHub Actions",
  inputs: 40,
  options: inJob,
  secrets: { "secret of the job": actionsSecret },
  prepare: async ({ standIn }) => `http://127.0.0.1:${standIn.ports.actions}${actionsPath}?api-version=2.0`,
  make: (random, url): ProgramInput => ({
    args: ["getcallerid", "--web-identity-token", "github", "--role-arn", jump],
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: random() < 0.8 ? url : inVariable(mutated([url], random)),
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: actionsSecret,
    },
    faults: [mutatedResponse({ service: "actions" }, ACTIONS_TOKENS, ACTIONS_SECRETS, random)],
    wrongOutput: wrongCaller,
  }),
});

fuzzProgram({
  name: "tokens of a web identity",
  inputs: 40,
  options: inJob,
  prepare: async () => {},
  make: (random): ProgramInput => ({
    args: ["getcallerid", "--web-identity-token", "~/token", "--role-arn", jump],
    files: { token: mutated([webToken, `${webToken}\n`], random) },
    wrongOutput: wrongCaller,
  }),
});

fuzzProgram({
  name: "codes of an mfa_process, and session tags",
  inputs: 40,
  prepare:
    async ({ standIn }) =>
    () =>
      standIn.world.mfaCode(SAMPLE_MFA.serialNumber) ?? "",
  make: (random, codeNow): ProgramInput => {
    const isCode = random() < 0.5;
    const inLine = (text: string) => text.replace(/[\r\n\u2028\u2029]/g, " ");
    const tags = inLine(isCode ? "team=blue" : mutated(["team=blue,cost=7", " a = b = c , d="], random));
    const names = inLine(isCode ? "team" : mutated(["team,cost", " team , "], random));
    return {
      args: ["getcallerid", "--profile", "g"],
      files: {
        ".aws/credentials": `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`,
        ".aws/config": `[profile g]\nrole_arn = ${guarded}\nsource_profile = ana\nmfa_serial = ${SAMPLE_MFA.serialNumber}\nmfa_process = cat $HOME/code\nsession_tags = ${tags}\ntransitive_session_tags = ${names}\n`,
        code: isCode ? mutated([`${codeNow()}\n`, "Touch the key\n"], random) : `${codeNow()}\n`,
      },
      wrongOutput: wrongCaller,
    };
  },
});

const user = "arn:aws:iam::111111111111:user/ana";
const clientId = "arn:aws:signin:::devtools/same-device";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const dpopKey = privateKey.export({ type: "sec1", format: "pem" }).toString();
const { x = "", y = "" } = publicKey.export({ format: "jwk" });
const stored = `.aws/login/cache/${createHash("sha256").update(user).digest("hex")}.json`;
const dev = `[profile dev]\nlogin_session = ${user}\nregion = us-east-1\n`;
const ofLogin = {
  options: {
    world: { ...SAMPLE_WORLD, logins: [{ user, clientId, refreshToken: loginToken, key: { x, y } }] },
  },
  secrets: { "private key of the sign-in": dpopKey.split("\n")[1] ?? "" },
};

/** What a sign-in with console credentials leaves, with keys that have ended or have not. */
function loginFile(random: Chance): string {
  const accessToken = {
    ...{ accessKeyId: "ASIAOLD", secretAccessKey: "made-up-old-secret", sessionToken: "made-up-old-token" },
    ...{
      accountId: "111111111111",
      expiresAt: pick(["2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"], random),
    },
  };
  return JSON.stringify({ accessToken, clientId, refreshToken: loginToken, dpopKey });
}

fuzzProgram({
  ...ofLogin,
  name: "files of a sign-in with console credentials",
  inputs: 40,
  prepare: async () => {},
  make: (random): ProgramInput => ({
    args: pick(
      [
        [...helper, "--profile", "dev"],
        ["login", "--profile", "dev", "--sign-in", "never"],
        ["logout", "--profile", "dev"],
      ],
      random,
    ),
    files: { ".aws/config": dev, [stored]: mutated([loginFile(random)], random) },
    wrongOutput: (stdout) => (stdout === "" ? undefined : wrongHelperAnswer(stdout)),
  }),
});

fuzzProgram({
  ...ofLogin,
  name: "responses to the renewal of console credentials",
  inputs: 20,
  prepare: async () => {},
  make: (random): ProgramInput => ({
    args: [...helper, "--profile", "dev"],
    files: { ".aws/config": dev, [stored]: loginFile(() => 0) },
    faults: [
      mutatedResponse({ service: "signin", path: "/v1/token" }, LOGIN_RESPONSES, JSON_SECRETS, random),
    ],
    wrongOutput: wrongHelperAnswer,
  }),
});

fuzzProgram({
  name: "responses to a sign-in with console credentials",
  inputs: 20,
  prepare: async (scene) => (await fakeBrowser(scene)).command,
  make: (random, browser): ProgramInput => ({
    args: ["login", "--profile", "dev", "--region", "us-east-1"],
    env: { BROWSER: browser },
    faults: [
      mutatedResponse({ service: "signin", path: "/v1/token" }, NEW_LOGIN_RESPONSES, JSON_SECRETS, random),
    ],
    wrongOutput: (stdout) => (stdout === "" ? undefined : `it writes to stdout: ${stdout}`),
  }),
});

/** No variable can hold a NUL, and none more than 128 KiB. */
function inVariable(text: string): string {
  return text.replaceAll("\0", "").slice(0, 30_000);
}
