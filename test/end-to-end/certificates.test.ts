import { expect } from "bun:test";
import { SAMPLE_KEYS } from "../stand-in/sample-world.ts";
import type { StandInOptions } from "../stand-in/stand-in.ts";
import { createAuthority } from "../stand-in/x509/authority.ts";
import { ANA, keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

const host = "sts.us-east-1.amazonaws.com";

/** The error for a certificate that must be refused; nothing may have been sent. */
async function expectRefusal(
  scene: Scene,
  env: Record<string, string | undefined>,
  hint: string,
): Promise<void> {
  const ended = await scene.run(["getcallerid"], { ...ANA, ...env });
  const via = `${host} through the proxy http://127.0.0.1:${scene.standIn.ports.proxy} (HTTPS_PROXY)`;
  const code = /not trusted \(([A-Z_]+)\)\n/.exec(ended.stderr)?.[1];
  expect(ended).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: `cannot get the caller identity: ${via}: the TLS certificate is not trusted (${code})`,
      hints: [hint],
    }),
  });
  expect(scene.standIn.requests).toEqual([]);
}

const flaws: Record<string, StandInOptions["flawedCertificates"]> = {
  "another authority": { [host]: "other-authority" },
  "another host": { [host]: "other-host" },
  "a time that is past": { [host]: "expired" },
};

for (const [name, flawedCertificates] of Object.entries(flaws)) {
  for (const [variable, value] of [
    ["no variable", undefined],
    ["NODE_TLS_REJECT_UNAUTHORIZED=0", "0"],
  ] as const) {
    scenario(
      `a certificate for ${name} is refused with ${variable}, before anything is sent`,
      async (scene) => {
        const hint = "the certificates in use come from AWS_CA_BUNDLE";
        await expectRefusal(scene, { NODE_TLS_REJECT_UNAUTHORIZED: value }, hint);
      },
      { flawedCertificates: flawedCertificates ?? {} },
    );
  }
}

scenario(
  "a proxy that re-signs TLS is refused without its certificate, and the hint names the setting",
  async (scene) => {
    const hint = "if a proxy re-signs TLS here, name its certificate file in AWS_CA_BUNDLE";
    await expectRefusal(scene, { AWS_CA_BUNDLE: undefined, NODE_TLS_REJECT_UNAUTHORIZED: "0" }, hint);
  },
);

scenario("AWS_CA_BUNDLE replaces all other certificate authorities", async (scene) => {
  const file = `${scene.root}/ca.pem`;
  const others = { SSL_CERT_FILE: file, NODE_EXTRA_CA_CERTS: file, REQUESTS_CA_BUNDLE: file };
  const bundle = await scene.write("other.pem", createAuthority(Date.now()).pem);
  const hint = "the certificates in use come from AWS_CA_BUNDLE";
  await expectRefusal(scene, { ...others, AWS_CA_BUNDLE: bundle }, hint);
});

scenario(
  "ca_bundle of the profile names the certificates, for the console's sign-in host too",
  async (scene) => {
    await scene.write("home/.aws/config", `[profile p]\nca_bundle = ${scene.root}/ca.pem\n`);
    await scene.write("home/.aws/credentials", `[p]\n${keyLines(SAMPLE_KEYS.ana)}`);
    const args = ["console", "--no-browser", "--get-federation-token", "--profile", "p"];
    const ended = await scene.run(args, { AWS_CA_BUNDLE: undefined });
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: "" });
    expect(ended.stdout).toStartWith("https://signin.aws.amazon.com/federation?");
  },
);

/** Values of AWS_CA_BUNDLE that cannot be used; ROOT stands for the scene's folder. */
const unusable: Record<string, { readonly value: string; readonly error: string; readonly hint?: string }> = {
  "is empty": {
    value: "",
    error: "cannot use AWS_CA_BUNDLE: it is set but empty",
    hint: "name a PEM file, or remove the setting",
  },
  "names a file that is not there": {
    value: "ROOT/none.pem",
    error: "cannot use the certificates of AWS_CA_BUNDLE: ROOT/none.pem does not exist",
  },
  "names an empty file": {
    value: "ROOT/empty.pem",
    error: "cannot use the certificates of AWS_CA_BUNDLE: ROOT/empty.pem holds no PEM certificate",
  },
  "names a file of something else": {
    value: "ROOT/key.pem",
    error: "cannot use the certificates of AWS_CA_BUNDLE: ROOT/key.pem holds no PEM certificate",
  },
  "names a folder": {
    value: "ROOT/work",
    error:
      "cannot use the certificates of AWS_CA_BUNDLE: ROOT/work cannot be read (Directories cannot be read like files)",
  },
};

for (const [name, { value, error, hint }] of Object.entries(unusable)) {
  scenario(`AWS_CA_BUNDLE that ${name} is an error before any call`, async (scene) => {
    await scene.write("empty.pem", "");
    await scene.write("key.pem", "-----BEGIN PRIVATE KEY-----\nmade-up\n-----END PRIVATE KEY-----\n");
    const place = (text: string) => text.replaceAll("ROOT", scene.root);
    const hints = [hint ?? "name a file of PEM certificates in AWS_CA_BUNDLE, or take the setting away"];
    expect(await scene.run(["getcallerid"], { ...ANA, AWS_CA_BUNDLE: place(value) })).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({ error: place(error), hints }),
    });
    expect(scene.standIn.connections).toEqual([]);
  });
}

scenario("AWS_CA_BUNDLE that holds a broken certificate is an error that names it", async (scene) => {
  const bundle = await scene.write(
    "broken.pem",
    "-----BEGIN CERTIFICATE-----\nbWFkZS11cA==\n-----END CERTIFICATE-----\n",
  );
  const ended = await scene.run(["getcallerid"], { ...ANA, AWS_CA_BUNDLE: bundle });
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
  expect(ended.stderr).toContain("AWS_CA_BUNDLE");
  expect(scene.standIn.requests).toEqual([]);
});
