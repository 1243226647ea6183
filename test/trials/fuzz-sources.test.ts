/** What the sources from outside of AWS read, and what people and commands give: responses, tokens, codes, pasted texts. */
import { createPrivateKey } from "node:crypto";
import { actionsToken, actionsTokenUrl } from "../../src/aws/github/actions-token.ts";
import { createSession } from "../../src/aws/rolesanywhere/create-session.ts";
import { readConfirmation } from "../../src/commands/login/confirmation-code.ts";
import { codeOfMfaCommand } from "../../src/credentials/role-chain/mfa-command.ts";
import { sessionTags } from "../../src/credentials/role-chain/session-tags.ts";
import { readWebIdentityToken } from "../../src/credentials/sources/web-identity-token.ts";
import { readPasted } from "../../src/sso/login/pasted-text.ts";
import { profileOf } from "../config/from-text.ts";
import { fixture } from "../credentials/sources/rolesanywhere/fixtures.ts";
import { fuzz, textTarget } from "./fuzz/fuzz.ts";
import { SECRET } from "./fuzz/judge.ts";
import { mutated } from "./fuzz/mutate.ts";
import { type FixedResponse, respondingClient } from "./fuzz/responding-http.ts";
import { checkPrintable, responseLike } from "./fuzz/response-like.ts";
import {
  ACTIONS_SECRETS,
  ACTIONS_TOKENS,
  CERTIFICATE_SESSIONS,
  JSON_SECRETS,
} from "./fuzz/response-samples.ts";

const promise = (isKept: boolean, what: string) => {
  if (!isKept) throw new Error(what);
};
/** Whether a text that is shown is free of the secret and of pieces of it. */
const showsNothing = (text: string) => !text.includes(SECRET.slice(0, 8));

const key = createPrivateKey(new TextDecoder().decode(await fixture("ec.pem")));

fuzz<FixedResponse>({
  name: "responses of Roles Anywhere",
  inputs: 1000,
  readable: 1,
  make: (random) =>
    responseLike(CERTIFICATE_SESSIONS, JSON_SECRETS, random, [201, 201, 201, 200, 400, 403, 404, 500]),
  read: async (response) => {
    const { http, check } = respondingClient(response);
    const endpoint = {
      url: "https://rolesanywhere.example",
      host: "rolesanywhere.example",
      signingRegion: "eu-west-1",
    };
    const request = { trustAnchorArn: "arn:a", profileArn: "arn:p", roleArn: "arn:r", durationSeconds: 3600 };
    const signer = { certificate: new Uint8Array([1]), intermediates: [], serialNumber: "258", key };
    try {
      checkPrintable((await createSession({ http, endpoint }, request, signer)).credentials);
    } finally {
      check();
    }
  },
});

fuzz<FixedResponse>({
  name: "responses of GitHub Actions",
  inputs: 1000,
  readable: 1,
  make: (random) => responseLike(ACTIONS_TOKENS, ACTIONS_SECRETS, random),
  read: async (response) => {
    const { http, check } = respondingClient(response);
    const url = new URL("https://actions.example/idtoken?api-version=2.0");
    try {
      const token = await actionsToken(
        http,
        { url, requestToken: "made-up-secret-of-the-job" },
        "sts.amazonaws.com",
      );
      promise(/^[\x21-\x7e]+$/.test(token), `a token that no parameter takes: ${token}`);
    } finally {
      check();
    }
  },
});

fuzz(
  textTarget({
    name: "addresses for a token of GitHub Actions",
    inputs: 1000,
    readable: 1,
    samples: [
      `https://run-actions-1-azure-eastus.actions.githubusercontent.com/36//idtoken/${SECRET}/1?api-version=2.0`,
      `http://127.0.0.1:8080/${SECRET}`,
      `http://localhost.example/${SECRET}`,
    ],
    read: (text) => {
      const url = actionsTokenUrl(text);
      const isLoopback = /^(?:127\.|\[::1\]$|localhost$)/.test(url.hostname);
      promise(url.protocol === "https:" || isLoopback, `a secret would go to ${url.origin}`);
      promise(url.username === "" && url.password === "", "the address holds a name");
    },
  }),
);

fuzz(
  textTarget({
    name: "files of a web identity's token",
    inputs: 1000,
    readable: 50,
    samples: [`eyJhbGciOiJub25lIn0.${SECRET}.c2ln\n`, `\ufeff${SECRET}\r\n`, "\n", ""],
    read: async (text) => {
      const system = {
        readText: async () => text,
        readStdin: async () => text,
        stdinIsTerminal: async () => false,
      };
      const { http } = respondingClient({ status: 500, headers: {}, body: "" });
      const file = { kind: "file", path: "/run/token", source: "--web-identity-token" } as const;
      const read = await readWebIdentityToken(file, { system, http });
      promise(read !== "" && read === read.trim(), `a token with blanks: ${JSON.stringify(read)}`);
      const byStdin = await readWebIdentityToken({ kind: "stdin" }, { system, http });
      promise(byStdin === read, "stdin is read in another way");
    },
  }),
);

fuzz<{ readonly stdout: string; readonly status: number }>({
  name: "output of mfa_process",
  inputs: 1000,
  readable: 1,
  make: (random) => ({
    stdout: mutated(["123456\n", " 654321 \r\n", `Code: ${SECRET}\n`, "12345\n"], random),
    status: random() < 0.9 ? 0 : 3,
  }),
  read: async ({ stdout, status }) => {
    const end = { status, signal: undefined, stdout, stderr: "" };
    const code = await codeOfMfaCommand("arn:mfa", "made-up", { env: {}, runHelper: async () => end });
    promise(/^\d{6}$/.test(code), `a code of another form: ${code}`);
  },
});

fuzz<{ readonly tags: string; readonly keys: string }>({
  name: "session tags",
  inputs: 1000,
  readable: 5,
  make: (random) => ({
    tags: mutated(["team=blue,cost=7", " a = b = c , d=", `k=${SECRET}`], random),
    keys: mutated(["team,cost", " team , ", ""], random),
  }),
  read: ({ tags: text, keys }) => {
    // In a file, a value ends with its line.
    const line = (value: string) => value.replace(/[\r\n\u2028\u2029]/g, " ");
    const profile = profileOf(`session_tags = ${line(text)}`, `transitive_session_tags = ${line(keys)}`);
    const { tags = [], transitiveTagKeys = [] } = sessionTags(profile);
    const names = tags.map((tag) => tag.key);
    promise(
      [...names, ...transitiveTagKeys].every((name) => name !== "" && name === name.trim()),
      `a key with blanks among ${names}`,
    );
    promise(new Set(names).size === names.length, "a key stands twice");
  },
});

const state = "dda25829-48aa-4598-a7d2-3800613388ab";

fuzz(
  textTarget({
    name: "what is pasted to end a sign-in",
    inputs: 1500,
    readable: 50,
    samples: [
      `http://127.0.0.1:41061/oauth/callback?code=${SECRET}&state=${state}`,
      `http://127.0.0.1:41061/oauth/callback?code=${SECRET}&state=another`,
      `http://127.0.0.1:41061/oauth/callback?error=access_denied&state=${state}`,
      `https://oidc.us-east-1.amazonaws.com/authorize?state=${state}&code_challenge=x`,
      SECRET,
    ],
    read: (text) => {
      const read = readPasted(text, state);
      if (read.kind === "unusable") promise(showsNothing(read.why), `it shows ${read.why}`);
      if (read.kind === "refused" || (read.kind === "code" && read.state === "checked"))
        promise(unescaped(text).includes(state), "it takes what is of another sign-in");
      if (read.kind === "code") promise(read.code !== "", "it takes no code for one");
    },
  }),
);

const confirmation = (found: string) => Buffer.from(`state=${found}&code=${SECRET}`).toString("base64");

fuzz(
  textTarget({
    name: "codes of a sign-in with console credentials",
    inputs: 1500,
    readable: 50,
    samples: [confirmation(state), confirmation("another"), `${confirmation(state).slice(0, 40)}\n`],
    read: (text) => {
      const read = readConfirmation(text, state);
      if (read.kind === "unusable") promise(showsNothing(read.why), `it shows ${read.why}`);
      else {
        const decoded = Buffer.from(text.replace(/\s/g, ""), "base64").toString();
        promise(unescaped(decoded).includes(state), "it takes the code of another sign-in");
        promise(read.code !== "", "it takes no code for one");
      }
    },
  }),
);

/** Each sequence by itself, because a whole text may be damaged. */
function unescaped(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (sequence) => {
    try {
      return decodeURIComponent(sequence);
    } catch {
      return sequence;
    }
  });
}
