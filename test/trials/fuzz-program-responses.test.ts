/** The executable over mutated responses of servers. */
import { ANA } from "../end-to-end/support/identities.ts";
import { config, sessionToken, tokenFile } from "../end-to-end/support/sign-ins.ts";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "../stand-in/sample-world.ts";
import { pick } from "./fuzz/mutate.ts";
import { mutatedResponse } from "./fuzz/mutated-response.ts";
import { fuzzProgram, type ProgramInput, wrongCaller, wrongHelperAnswer } from "./fuzz/program.ts";
import {
  DOCUMENTS,
  JSON_SECRETS,
  OIDC_RESPONSES,
  PORTAL_RESPONSES,
  STS_RESPONSES,
  XML_SECRETS,
} from "./fuzz/response-samples.ts";

const { jump, deploy, machine } = SAMPLE_ROLES;
fuzzProgram({
  name: "responses of STS",
  inputs: 40,
  prepare: async () => {},
  make: (random): ProgramInput => {
    const [args, wrongOutput] = pick(
      [
        [["getcallerid"], wrongCaller],
        [["dumpcreds", "--credential-helper", "--assume-roles", `${jump},${deploy}`], wrongHelperAnswer],
        [["dumpcreds", "--credential-helper", "--get-session-token"], wrongHelperAnswer],
      ] as const,
      random,
    );
    const faults = [mutatedResponse({ service: "sts" }, STS_RESPONSES, XML_SECRETS, random)];
    return { args: [...args, ...(random() < 0.5 ? [] : ["--verbose"])], env: ANA, faults, wrongOutput };
  },
});

const signedIn = {
  prepare: async ({ standIn }: { standIn: { signIn(): Parameters<typeof tokenFile>[0] } }) =>
    standIn.signIn(),
};

fuzzProgram({
  ...signedIn,
  name: "responses of the portal",
  inputs: 40,
  make: (random, token): ProgramInput => ({
    args: pick(
      [
        ["dumpcreds", "--profile", "s", "--sign-in", "never"],
        ["dumpconfig", "--accesstoken-cache", "~/token.json"],
      ],
      random,
    ),
    files: {
      ".aws/config": config,
      [sessionToken.replace(/^home\//, "")]: tokenFile(token, 3600),
      "token.json": tokenFile(token, 3600),
    },
    faults: [mutatedResponse({ service: "portal" }, PORTAL_RESPONSES, JSON_SECRETS, random)],
    wrongOutput: (stdout) =>
      /^(?:[#[]|unset |export ).*\n$/s.test(stdout) ? undefined : `stdout is not whole: ${stdout}`,
  }),
});

fuzzProgram({
  ...signedIn,
  name: "responses of the OIDC service",
  inputs: 20,
  make: (random, token): ProgramInput => ({
    args: ["dumpcreds", "--credential-helper", "--profile", "s"],
    files: { ".aws/config": config, [sessionToken.replace(/^home\//, "")]: tokenFile(token, -60) },
    faults: [mutatedResponse({ service: "oidc" }, OIDC_RESPONSES, JSON_SECRETS, random)],
    wrongOutput: wrongHelperAnswer,
  }),
});

fuzzProgram({
  name: "responses of instance metadata",
  inputs: 20,
  prepare: async ({ metadata }) => metadata,
  make: (random, metadata): ProgramInput => {
    const path = pick(
      [
        "/latest/api/token",
        "/latest/meta-data/iam/security-credentials/",
        "/latest/meta-data/iam/security-credentials/Machine",
        "/latest/meta-data/placement/region",
      ],
      random,
    );
    return {
      args: ["dumpcreds", "--credential-helper", "--verbose"],
      env: metadata,
      faults: [mutatedResponse({ service: "imds", path }, DOCUMENTS, JSON_SECRETS, random)],
      wrongOutput: wrongHelperAnswer,
    };
  },
});

const container = {
  role: machine,
  path: "/v2/credentials/1",
  authorization: "made-up-token-of-the-agent",
  accountId: true,
};

fuzzProgram({
  name: "responses of a container's agent",
  inputs: 20,
  options: { world: { ...SAMPLE_WORLD, container }, waits: true },
  // Each waits a second before it asks again.
  atOnce: true,
  prepare: async ({ standIn }) => standIn.ports.container,
  make: (random, port, number): ProgramInput => ({
    args: ["dumpcreds", "--credential-helper"],
    env: {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/v2/credentials/${number}`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: container.authorization,
    },
    faults: [
      mutatedResponse(
        { service: "container", path: `/v2/credentials/${number}` },
        DOCUMENTS,
        JSON_SECRETS,
        random,
      ),
    ],
    wrongOutput: wrongHelperAnswer,
  }),
});
