/** Responses of servers and of helpers: they are read as what they are, or refused. */

import { generateKeyPairSync } from "node:crypto";
import { loginUrl, readSigninToken } from "../../src/aws/console/federation.ts";
import { containerAddress } from "../../src/aws/container/container-address.ts";
import { containerCredentials } from "../../src/aws/container/container-credentials.ts";
import type { HttpClient } from "../../src/aws/http/http-client.ts";
import type { Caller } from "../../src/aws/http/rest-json.ts";
import { instanceMetadata } from "../../src/aws/imds/imds.ts";
import { renewLogin } from "../../src/aws/signin/create-oauth2-token.ts";
import { createToken, registerClient, startDeviceAuthorization } from "../../src/aws/sso/oidc.ts";
import { getRoleCredentials, listAccountRoles, listAccounts } from "../../src/aws/sso/portal-operations.ts";
import { assumeRole, getCallerIdentity, getFederationToken, getSessionToken } from "../../src/aws/sts/sts.ts";
import { acquireFromProcess } from "../../src/credentials/sources/process.ts";
import type { Credentials } from "../../src/lib/credentials.ts";
import { formatIsoTime } from "../../src/lib/iso-time.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import { withoutStrays } from "./fuzz/judge.ts";
import { mutated, pick } from "./fuzz/mutate.ts";
import { type FixedResponse, respondingClient } from "./fuzz/responding-http.ts";
import { checkPrintable, responseLike } from "./fuzz/response-like.ts";
import {
  DOCUMENTS,
  JSON_SECRETS,
  LOGIN_RESPONSES,
  OIDC_RESPONSES,
  OUTPUTS,
  PORTAL_RESPONSES,
  SIGNIN_TOKENS,
  STS_RESPONSES,
  XML_SECRETS,
} from "./fuzz/response-samples.ts";

const noon = Date.UTC(2030, 0, 31, 12);
const keys: Credentials = {
  accessKeyId: "AKIAASKING",
  secretAccessKey: "made-up-secret-of-the-caller",
  sessionToken: "made-up-token-of-the-caller",
};
const client = { clientId: "id", clientSecret: "made-up-secret-of-the-client" };
const endpoint = { url: "https://aws.example", host: "aws.example", signingRegion: "us-east-1" };
const parameters = [["RoleArn", "arn:aws:iam::222222222222:role/Deploy"]] as const;

interface Asked {
  readonly what: string;
  readonly response: FixedResponse;
}

/** A trial of operations that all get responses like the samples. */
function fuzzService(
  name: string,
  inputs: number,
  samples: readonly string[],
  secrets: RegExp,
  operations: Readonly<Record<string, (http: HttpClient) => Promise<unknown>>>,
): void {
  fuzz<Asked>({
    name,
    inputs,
    // Most responses do not belong to what was asked, or have a status that refuses.
    readable: 0.2,
    make: (random) => ({
      what: pick(Object.keys(operations), random),
      response: responseLike(samples, secrets, random),
    }),
    read: async ({ what, response }) => {
      const { http, check } = respondingClient(response);
      try {
        await operations[what]?.(http);
      } finally {
        check();
      }
    },
  });
}

const stsCaller = (http: HttpClient) => ({ http, endpoint, credentials: keys });
fuzzService("responses of STS", 2000, STS_RESPONSES, XML_SECRETS, {
  "who am I": (http) => getCallerIdentity(stsCaller(http)),
  "a role": async (http) => checkPrintable((await assumeRole(stsCaller(http), parameters)).credentials),
  "a session token": async (http) => checkPrintable((await getSessionToken(stsCaller(http), [])).credentials),
  "a federation token": async (http) =>
    checkPrintable((await getFederationToken(stsCaller(http), [])).credentials),
});

const portalOf = (http: HttpClient) => ({ http, endpoint, accessToken: "made-up-access-token" });
fuzzService("responses of the portal", 1200, PORTAL_RESPONSES, JSON_SECRETS, {
  credentials: async (http) =>
    checkPrintable(await getRoleCredentials(portalOf(http), { accountId: "012345678901", roleName: "Ops" })),
  accounts: (http) => listAccounts(portalOf(http), undefined),
  roles: (http) => listAccountRoles(portalOf(http), "012345678901", "abc="),
});

const oidcOf = (http: HttpClient): Caller => ({ http, endpoint });
fuzzService("responses of the OIDC service", 1200, OIDC_RESPONSES, JSON_SECRETS, {
  registration: async (http) => {
    formatIsoTime((await registerClient(oidcOf(http), { clientName: "aws-login" })).expiresAt);
  },
  "device code": async (http) => {
    const device = await startDeviceAuthorization(oidcOf(http), client, "https://example.awsapps.com/start");
    formatIsoTime(noon + device.expiresIn * 1000);
    if (/[^!-~]/.test(device.verificationUriComplete + device.userCode))
      throw new Error("it cannot be shown");
  },
  token: async (http) => {
    const token = await createToken(oidcOf(http), client, {
      kind: "refresh-token",
      refreshToken: "made-up-refresh",
    });
    formatIsoTime(noon + token.expiresIn * 1000);
    new Headers({ authorization: token.accessToken });
  },
});

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const dpopKey = privateKey.export({ type: "sec1", format: "pem" }).toString();

fuzzService("responses to the renewal of aws login", 500, LOGIN_RESPONSES, JSON_SECRETS, {
  renewal: async (http) => {
    const grant = { clientId: "id", refreshToken: "made-up-refresh", dpopKey, source: "/x.json" };
    const { expiresIn, ...renewed } = await renewLogin({ http, endpoint }, grant, () => "made-up-id");
    checkPrintable({ ...renewed, expiration: noon + expiresIn * 1000 });
  },
});

fuzz<FixedResponse>({
  name: "responses of the sign-in service",
  inputs: 500,
  readable: 1,
  make: (random) => responseLike(SIGNIN_TOKENS, JSON_SECRETS, random),
  read: ({ status, headers, body }) => {
    const signInToken = readSigninToken({ status, headers: new Headers(headers), body });
    const url = loginUrl({
      signInBase: "https://signin.aws.amazon.com",
      destination: "https://a.example/?b",
      signInToken,
    });
    if (new URL(url).searchParams.get("SigninToken") !== signInToken.toWellFormed())
      throw new Error("another token");
  },
});

interface Metadata {
  readonly token: FixedResponse;
  readonly list: FixedResponse;
  readonly document: FixedResponse;
}

fuzz<Metadata>({
  name: "instance metadata",
  inputs: 1000,
  readable: 1,
  make: (random) => {
    const make = (): FixedResponse => {
      const response = responseLike(DOCUMENTS, JSON_SECRETS, random);
      return random() < 0.5 ? { ...response, status: 200 } : response;
    };
    return { token: make(), list: make(), document: make() };
  },
  read: async ({ token, list, document }) => {
    // What comes first must be right for the rest to be asked for.
    const saying = (response: FixedResponse, body: string) =>
      response.status === 200 ? { ...response, body } : response;
    const { http, check } = respondingClient((url) => {
      if (url.endsWith("/api/token")) return saying(token, "made-up");
      if (url.endsWith("/placement/region")) return list;
      return url.endsWith("/") ? saying(list, "Machine") : document;
    });
    const metadata = instanceMetadata(http, {
      baseUrl: "http://127.0.0.1:1",
      timeoutMilliseconds: 1000,
      attempts: 1,
    });
    try {
      const found = await metadata.credentials();
      if (found.kind === "credentials") checkPrintable(found.credentials);
      await metadata.region();
    } finally {
      check();
    }
  },
});

fuzz<FixedResponse>({
  name: "responses of container agents",
  inputs: 1000,
  readable: 1,
  make: (random) => responseLike(DOCUMENTS, JSON_SECRETS, random),
  read: async (response) => {
    const { http, check } = respondingClient(response);
    const address = containerAddress("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/get");
    try {
      checkPrintable(await containerCredentials(http, address, async () => "made-up-authorization"));
    } finally {
      check();
    }
  },
});

fuzz<{ readonly stdout: string; readonly stderr: string }>({
  name: "output of credential_process",
  inputs: 1200,
  readable: 1,
  make: (random) => ({
    stdout: withoutStrays(mutated(OUTPUTS, random), JSON_SECRETS),
    stderr: mutated(["Traceback (most recent call last):\n  File x\nKeyError: 'no'\n", ""], random),
  }),
  read: async ({ stdout, stderr }) => {
    const start = {
      kind: "process",
      from: "profile dev (/c:1)",
      command: "helper",
      accountId: undefined,
    } as const;
    const end = { status: 0, signal: undefined, stdout, stderr };
    const system = { env: {}, now: () => noon, nestingDepth: async () => 0, runHelper: async () => end };
    checkPrintable(await acquireFromProcess(start, system, () => {}));
  },
});
