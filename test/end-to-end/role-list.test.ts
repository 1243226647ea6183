import { expect } from "bun:test";
import { SAMPLE_EXTERNAL_ID, SAMPLE_MFA, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";

const { jump, relay, ring, partner, guarded } = SAMPLE_ROLES;

/** The forms of one list; ROOT stands for the scene's folder. */
const lists: Record<string, string> = {
  "commas and blanks": ` ${jump} ,\n${relay}`,
  "a JSON array": JSON.stringify([jump, relay]),
  "JSON objects": JSON.stringify([{ RoleArn: jump }, { RoleArn: relay, RoleSessionName: "aws-login" }]),
  "a file with an absolute path": "file://ROOT/work/roles.json",
  "a file below the home directory": "file://~/roles.txt",
  "a file in the working directory": "file://roles.json",
};

for (const [name, list] of Object.entries(lists)) {
  scenario(`--assume-roles reads ${name}`, async (scene) => {
    await scene.write("work/roles.json", JSON.stringify([jump, { RoleArn: relay }], undefined, 2));
    await scene.write("home/roles.txt", `${jump}\n${relay}\n`);
    const args = ["getcallerid", "--assume-roles", list.replace("ROOT", scene.root)];
    expect(await scene.run(args, ANA)).toEqual({
      status: 0,
      stdout: callerOf(scene.standIn, relay),
      stderr: "",
    });
  });
}

scenario(
  "--assume-roles sends the parameters of a JSON element for its role, and the options for the other roles",
  async (scene) => {
    const elaborate = {
      RoleArn: ring,
      RoleSessionName: "of-the-element",
      DurationSeconds: 900,
      Policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
      PolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      Tags: [{ Key: "team", Value: "blue + grün" }],
      TransitiveTagKeys: ["team"],
    };
    const args = ["getcallerid", "--assume-roles", JSON.stringify([elaborate, partner])];
    const options = ["--external-id", SAMPLE_EXTERNAL_ID, "--role-session-name", "of-the-options"];
    const ended = await scene.run([...args, ...options], ANA);
    expect(ended).toEqual({
      status: 0,
      stdout: callerOf(scene.standIn, partner, "of-the-options"),
      stderr: "",
    });
    const [first, second] = scene.standIn.requests;
    expect(first?.form).toMatchObject({
      RoleSessionName: "of-the-element",
      DurationSeconds: "900",
      Policy: JSON.stringify(elaborate.Policy),
      "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
      "Tags.member.1.Key": "team",
      "Tags.member.1.Value": "blue + grün",
      "TransitiveTagKeys.member.1": "team",
    });
    expect(second?.form).toMatchObject({ RoleSessionName: "of-the-options", ExternalId: SAMPLE_EXTERNAL_ID });
  },
);

scenario("a role that wants MFA gets the code of --mfa-token", async (scene) => {
  const code = scene.standIn.world.mfaCode(SAMPLE_MFA.serialNumber) ?? "";
  const mfa = ["--mfa-serial", SAMPLE_MFA.serialNumber, "--mfa-token", code];
  const ended = await scene.run(["getcallerid", "--assume-roles", guarded, ...mfa], ANA);
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, guarded), stderr: "" });
});
