import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, keyLines } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";
import { masked, stderrText } from "./support/stderr-text.ts";

const { jump, relay, deploy, closed } = SAMPLE_ROLES;
const ana = "arn:aws:iam::111111111111:user/ana";
const anaHolds = `access key ${SAMPLE_KEYS.ana.accessKeyId} from the environment`;
const asHop2 = "arn:aws:sts::222222222222:assumed-role/Relay/aws-login";

const advice = (role: string) =>
  `the trust policy of ${role} must admit that caller (external id and MFA included), and the caller needs sts:AssumeRole on ${role}`;
const refusal = (caller: string, role: string) =>
  `AccessDenied: User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${role}`;

/** Chains that AWS refuses, and the message about the step at fault. */
const refused: Record<string, { readonly list: string; readonly requests: number; readonly stderr: string }> =
  {
    "the only step": {
      list: closed,
      requests: 1,
      stderr: stderrText({
        error: `cannot assume role ${closed}: ${refusal(ana, closed)}`,
        notes: [`asked as ${anaHolds}, request ID`],
        hints: [advice("Closed")],
      }),
    },
    "the first of three steps": {
      list: `${closed},${relay},${deploy}`,
      requests: 1,
      stderr: stderrText({
        error: `cannot assume role ${closed} (step 1 of 3): ${refusal(ana, closed)}`,
        notes: [`asked as ${anaHolds}, request ID`],
        hints: [advice("Closed")],
      }),
    },
    "the last of three steps": {
      list: `${jump},${relay},${closed}`,
      requests: 3,
      stderr: stderrText({
        error: `cannot assume role ${closed} (step 3 of 3): ${refusal(asHop2, closed)}`,
        notes: [`asked as ${asHop2}, request ID`],
        hints: [advice("Closed")],
      }),
    },
  };

for (const [name, { list, requests, stderr }] of Object.entries(refused)) {
  scenario(`a refusal of ${name} names step, role, caller, code and request id`, async (scene) => {
    for (const command of ["getcallerid", "dumpcreds"]) {
      scene.standIn.reset();
      const ended = await scene.run([command, "--assume-roles", list], ANA);
      expect({ ...ended, stderr: masked(ended.stderr) }).toEqual({ status: 1, stdout: "", stderr });
      expect(scene.standIn.requests).toHaveLength(requests);
    }
  });
}

scenario(
  "a refused role of a profile is named with the key that asked and the profile it came from",
  async (scene) => {
    await scene.write("home/.aws/config", `[profile p]\nrole_arn = ${closed}\nsource_profile = ana\n`);
    const file = await scene.write("home/.aws/credentials", `[ana]\n${keyLines(SAMPLE_KEYS.ana)}`);
    const ended = await scene.run(["runas", "--profile", "p", "--", "echo", "never"]);
    const stderr = stderrText({
      error: `cannot assume role ${closed}: ${refusal(ana, closed)}`,
      notes: [`asked as access key ${SAMPLE_KEYS.ana.accessKeyId} from profile ana (${file}:2), request ID`],
      hints: [advice("Closed")],
    });
    expect({ ...ended, stderr: masked(ended.stderr) }).toEqual({ status: 1, stdout: "", stderr });
  },
);

scenario(
  "--duration above an hour for a role that a role assumes is refused before any call",
  async (scene) => {
    const args = ["dumpcreds", "--duration", "3601", "--assume-roles", `${jump},${relay}`];
    expect(await scene.run(args, ANA)).toEqual({
      status: 2,
      stdout: "",
      stderr: stderrText({
        error: `cannot ask for 3601 seconds of ${relay}: a role assumed by a role lasts at most 3600`,
        hints: ["leave --duration out, or set it to 3600 or less"],
      }),
    });
    expect(scene.standIn.connections).toEqual([]);
  },
);
