import { expect } from "bun:test";
import type { Effect } from "../stand-in/faults.ts";
import { SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf, callerText } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

const { jump, relay, guarded } = SAMPLE_ROLES;
const host = "sts.us-east-1.amazonaws.com";
const principal = `access key ${SAMPLE_KEYS.ana.accessKeyId} from the environment`;

function ana({ standIn }: Scene): string {
  const userId = standIn.world.session(SAMPLE_KEYS.ana.accessKeyId)?.userId ?? "";
  return callerText(userId, "111111111111", "arn:aws:iam::111111111111:user/ana");
}

/** Trouble that passes: the request is made again and the answer is as if nothing had been. */
const passing: Record<string, Effect | undefined> = {
  throttles: { kind: "throttle" },
  "answers 500 with a page": { kind: "status", status: 500, body: "html" },
  "answers 503 with nothing": { kind: "status", status: 503, body: "empty" },
  "closes the connection without an answer": { kind: "cut", where: "before-response" },
  "closes the connection amid the answer": { kind: "cut", where: "half-body" },
};

for (const [name, effect] of Object.entries(passing)) {
  scenario(
    `getcallerid tries again when AWS ${name}`,
    async (scene) => {
      scene.standIn.fault({ ...(effect && { effect }) });
      expect(await scene.run(["getcallerid"], ANA)).toEqual({ status: 0, stdout: ana(scene), stderr: "" });
      expect(scene.standIn.requests).toHaveLength(2);
    },
    { waits: true },
  );
}

scenario(
  "a chain retries only the step that was throttled",
  async (scene) => {
    scene.standIn.fault({ effect: { kind: "throttle" }, after: 1 });
    const ended = await scene.run(["getcallerid", "--assume-roles", `${jump},${relay}`], ANA);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, relay), stderr: "" });
    const asked = scene.standIn.requests.map(({ form, action }) => form.RoleArn ?? action);
    expect(asked).toEqual([jump, relay, relay, "GetCallerIdentity"]);
  },
  { waits: true },
);

scenario(
  "a lasting failure is tried three times, and the last response of AWS is reported",
  async (scene) => {
    scene.standIn.fault({ effect: { kind: "throttle" }, times: 9 });
    expect(await scene.run(["getcallerid"], ANA)).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error: "cannot get the caller identity: Throttling: Rate exceeded",
        notes: [`asked as ${principal}, request 00000000-0000-4000-8000-000000000429`],
        hints: [
          "wait a little and run the command again, or let it try more often than 3 times: AWS_MAX_ATTEMPTS=9",
        ],
      }),
    });
    expect(scene.standIn.requests).toHaveLength(3);
  },
  { waits: true },
);

scenario("getcallerid waits for a late response", async (scene) => {
  scene.standIn.fault({ delay: 200 });
  expect(await scene.run(["getcallerid"], ANA)).toEqual({ status: 0, stdout: ana(scene), stderr: "" });
  expect(scene.standIn.requests).toHaveLength(1);
});

scenario("AWS_MAX_ATTEMPTS limits the attempts", async (scene) => {
  scene.standIn.fault({ effect: { kind: "status", status: 503, body: "empty" }, times: 9 });
  const ended = await scene.run(["getcallerid"], { ...ANA, AWS_MAX_ATTEMPTS: "1" });
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
  expect(scene.standIn.requests).toHaveLength(1);
});

scenario("an MFA code is sent once, even when the response is lost", async (scene) => {
  scene.standIn.fault({ effect: { kind: "throttle" } });
  const code = scene.standIn.world.mfaCode(SAMPLE_MFA.serialNumber) ?? "";
  const args = ["--assume-roles", guarded, "--mfa-serial", SAMPLE_MFA.serialNumber, "--mfa-token", code];
  const { status, stdout, stderr } = await scene.run(["dumpcreds", ...args], ANA);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toStartWith(`aws-login: error: cannot assume role ${guarded}: Throttling: Rate exceeded\n`);
  expect(scene.standIn.requests).toHaveLength(1);
});

const somethingElse =
  "something between here and AWS may have responded: a captive portal, a proxy, or a wrong endpoint URL";
const notSts = (type: string, why: RegExp) =>
  new RegExp(
    `^aws-login: error: cannot get the caller identity: the response to GetCallerIdentity \\(status 200, ${type}, \\d+ characters\\) is not one of STS: ${why.source}\n` +
      `aws-login: hint: ${somethingElse}\n$`,
  );

/** Answers that are none, and what is said of them. They are not asked for again. */
const strange: Record<string, { readonly effect: Effect; readonly stderr: RegExp }> = {
  "a page of a captive portal with status 200": {
    effect: { kind: "captive-portal" },
    stderr: notSts("text/html", /cannot read the text as XML: a web page \(line 1, offset 0\)/),
  },
  "half an XML document": {
    effect: { kind: "truncated-xml" },
    stderr: notSts("text/xml", /cannot read the text as XML: [^\n]+ \(line \d+, offset \d+\)/),
  },
  "an answer of 64 MiB": {
    effect: { kind: "huge" },
    stderr: new RegExp(
      `^aws-login: error: cannot get the caller identity: ${host} sent more than any response of AWS holds\n` +
        `aws-login: hint: ${somethingElse}\n$`,
    ),
  },
  "an empty answer": {
    effect: { kind: "response", status: 200, contentType: "text/xml", body: "" },
    stderr: notSts("text/xml", /cannot read the text as XML: an early end \(line 1, offset 0\)/),
  },
  "another operation's answer": {
    effect: { kind: "response", status: 200, contentType: "text/xml", body: "<AssumeRoleResponse/>" },
    stderr:
      /^aws-login: error: cannot get the caller identity: the response to GetCallerIdentity \(status 200, text\/xml, 21 characters\) is not one of STS\n/,
  },
};

for (const [name, { effect, stderr }] of Object.entries(strange)) {
  scenario(`getcallerid refuses ${name}`, async (scene) => {
    scene.standIn.fault({ effect });
    const ended = await scene.run(["getcallerid"], ANA);
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
    expect(ended.stderr).toMatch(stderr);
    expect(scene.standIn.requests).toHaveLength(1);
  });
}

for (const status of ["getcallerid", "console --no-browser --get-federation-token"]) {
  scenario(`${status} never follows a redirect`, async (scene) => {
    const elsewhere = `http://127.0.0.1:${scene.standIn.ports.sts}/elsewhere`;
    const service = status === "getcallerid" ? "sts" : "signin";
    scene.standIn.fault({ match: { service }, effect: { kind: "redirect", location: elsewhere } });
    const ended = await scene.run(status.split(" "), ANA);
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
    expect(ended.stderr).toContain(" responded with a redirect (302), which is not followed\n");
    expect(ended.stderr).not.toContain(elsewhere);
    expect(scene.standIn.requests.filter(({ path }) => path === "/elsewhere")).toEqual([]);
  });
}

for (const [name, minutes] of [
  ["ahead of", -20],
  ["behind", 20],
] as const) {
  scenario(`a clock twenty minutes ${name} AWS's is corrected once for all calls`, async (scene) => {
    scene.standIn.moveClock(minutes * 60_000);
    const ended = await scene.run(["getcallerid", "--assume-roles", `${jump},${relay}`], ANA);
    expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, relay), stderr: "" });
    expect(scene.standIn.requests.map(({ status }) => status)).toEqual([403, 200, 200, 200]);
  });
}

scenario("an MFA code is still valid after a wrong clock is corrected", async (scene) => {
  scene.standIn.moveClock(20 * 60_000);
  const code = scene.standIn.world.mfaCode(SAMPLE_MFA.serialNumber) ?? "";
  const mfa = ["--mfa-serial", SAMPLE_MFA.serialNumber, "--mfa-token", code];
  const ended = await scene.run(["getcallerid", "--assume-roles", guarded, ...mfa], ANA);
  expect(ended).toEqual({ status: 0, stdout: callerOf(scene.standIn, guarded), stderr: "" });
  expect(scene.standIn.requests.map(({ status }) => status)).toEqual([403, 200, 200]);
});

scenario(
  "a server whose date never fits its own refusals gets a bounded number of requests",
  async (scene) => {
    const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>Signature expired</Message></Error><RequestId>00000000-0000-4000-8000-000000000002</RequestId></ErrorResponse>`;
    scene.standIn.fault({
      effect: { kind: "response", status: 403, contentType: "text/xml", body },
      times: 9,
    });
    scene.standIn.moveClock(60 * 60_000);
    const ended = await scene.run(["getcallerid"], ANA);
    expect(ended).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error: "cannot get the caller identity: SignatureDoesNotMatch: Signature expired",
        notes: [`asked as ${principal}, request 00000000-0000-4000-8000-000000000002`],
        hints: ["set this machine's clock: it is off, or has changed during the run"],
      }),
    });
    expect(scene.standIn.requests).toHaveLength(2);
  },
);
