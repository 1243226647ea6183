/** Courses with the secrets of sources from outside of AWS: private keys, their passwords, tokens of other issuers. */
import {
  ecKeys,
  keyPem,
  outsideArns,
  outsideWorld,
  serverCertificate,
} from "../../end-to-end/support/own-authority.ts";
import { SAMPLE_ROLES } from "../../stand-in/sample-world.ts";
import { type Scenario, webToken, worldWith } from "../faults/scenario.ts";

export interface SourceCourse extends Pick<Scenario, "name" | "prepare" | "options"> {
  readonly secrets: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

const pair = ecKeys();
const password = "made-up password of a private key";
const [open, locked] = [keyPem(pair), keyPem(pair, password)];
const certificate = serverCertificate({ subject: "server", keys: pair });

/** The base64 of a PEM block: searched for over several lines, and on one. */
const blockOf = (pem: string) => pem.replace(/-----[^-]+-----|\n/g, "");
const secrets = {
  "private key": blockOf(open),
  "encrypted private key": blockOf(locked),
  "password of the private key": password,
};
const byCertificate = ["dumpcreds", "--use-cache", "--certificate", "../run/server.pem", ...outsideArns];

export const sourceCourses: readonly SourceCourse[] = [
  {
    name: "dumpcreds with a certificate whose key is encrypted, cached",
    options: { world: outsideWorld },
    secrets,
    prepare: async (scene) => {
      await scene.write("run/server.pem", certificate);
      await scene.write("run/server-key.pem", locked);
      await scene.write("run/password", `${password}\n`);
      const more = [
        "--private-key",
        "../run/server-key.pem",
        "--private-key-password-file",
        "../run/password",
      ];
      return { args: [...byCertificate, ...more] };
    },
  },
  {
    name: "dumpcreds with a certificate whose key comes by stdin, cached",
    options: { world: outsideWorld },
    secrets,
    stdin: open,
    prepare: async (scene) => {
      await scene.write("run/server.pem", certificate);
      return { args: [...byCertificate, "--private-key", "/dev/stdin"] };
    },
  },
  {
    name: "dumpcreds with a web identity's token on stdin",
    options: worldWith({ webIdentities: [{ token: webToken, roles: [SAMPLE_ROLES.jump] }] }),
    secrets: {},
    stdin: `${webToken}\n`,
    prepare: async () => ({
      args: ["dumpcreds", "--web-identity-token", "-", "--role-arn", SAMPLE_ROLES.jump],
    }),
  },
];
