import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf, keyVariables } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";

const { jump, relay, deploy, ring, europe } = SAMPLE_ROLES;
const ana = "arn:aws:iam::111111111111:user/ana";
const asJump = "arn:aws:sts::111111111111:assumed-role/Jump/aws-login";
const asHop2 = "arn:aws:sts::222222222222:assumed-role/Relay/aws-login";

/** Who asked for what, in order. */
function calls({ standIn }: Scene): unknown[] {
  return standIn.requests.map(({ action, caller, form }) => [action, caller, form.RoleArn]);
}

/** Host, answer to CONNECT and TLS handshakes of each tunnel through the proxy. */
function tunnels({ standIn }: Scene): unknown[] {
  return standIn.tunnels.map(({ host, status, handshakes }) => [host, status, handshakes]);
}

const threeHops = [
  ["AssumeRole", ana, jump],
  ["AssumeRole", asJump, relay],
  ["AssumeRole", asHop2, deploy],
];

scenario(
  "dumpcreds takes a chain of three roles in three requests over one TLS connection",
  async (scene) => {
    const args = ["dumpcreds", "--credential-helper", "--assume-roles", `${jump},${relay},${deploy}`];
    const { status, stdout, stderr } = await scene.run(args, ANA);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout).AccountId).toBe("333333333333");
    expect(calls(scene)).toEqual(threeHops);
    expect(tunnels(scene)).toEqual([["sts.us-east-1.amazonaws.com", 200, 1]]);
  },
);

scenario("getcallerid of a chain of three roles uses one connection", async (scene) => {
  const args = ["getcallerid", "--assume-roles", `${jump}, ${relay}, ${deploy}`];
  const ended = await scene.run(args, ANA);
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, deploy), stderr: "" });
  const asDeploy = "arn:aws:sts::333333333333:assumed-role/Deploy/aws-login";
  expect(calls(scene)).toEqual([...threeHops, ["GetCallerIdentity", asDeploy, undefined]]);
  expect(tunnels(scene)).toEqual([["sts.us-east-1.amazonaws.com", 200, 1]]);
});

scenario(
  "console makes one TLS connection to STS for a chain, and one to the sign-in host",
  async (scene) => {
    const args = ["console", "--no-browser", "--assume-roles", `${jump},${relay},${deploy}`];
    const { status, stderr } = await scene.run(args, ANA);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(tunnels(scene)).toEqual([
      ["sts.us-east-1.amazonaws.com", 200, 1],
      ["signin.aws.amazon.com", 200, 1],
    ]);
  },
);

scenario("getcallerid takes a chain of twenty roles, each signed by the one before", async (scene) => {
  const args = ["getcallerid", "--assume-roles", Array(20).fill(ring).join(",")];
  const ended = await scene.run(args, ANA);
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, ring), stderr: "" });
  expect(scene.standIn.requests).toHaveLength(21);
  expect(new Set(scene.standIn.requests.map(({ accessKeyId }) => accessKeyId)).size).toBe(21);
  expect(tunnels(scene)).toEqual([["sts.us-east-1.amazonaws.com", 200, 1]]);
});

scenario(
  "--region decides which STS serves the chain; without one it is the partition's own",
  async (scene) => {
    const eva = keyVariables(SAMPLE_KEYS.eva);
    const own = await scene.run(["getcallerid", "--assume-roles", europe], eva);
    const chosen = await scene.run(["getcallerid", "--region", "ap-south-1", "--assume-roles", jump], ANA);
    expect([own.status, own.stderr, chosen.status, chosen.stderr]).toEqual([0, "", 0, ""]);
    expect(tunnels(scene)).toEqual([
      ["sts.eusc-de-east-1.amazonaws.eu", 200, 1],
      ["sts.ap-south-1.amazonaws.com", 200, 1],
    ]);
  },
);
