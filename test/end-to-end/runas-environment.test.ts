import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, keyLines } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";

const jump = ["--assume-roles", SAMPLE_ROLES.jump];

/** The environment that a program sees under `runas`, without what belongs to the scene. */
async function seen(
  scene: Scene,
  args: readonly string[],
  env: Record<string, string | undefined>,
): Promise<Map<string, string>> {
  const { status, stdout, stderr } = await scene.run(["runas", ...args, "--", "env", "-0"], env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const pairs = stdout.split("\0").filter((pair) => pair !== "");
  const all = new Map(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
  for (const name of Object.keys(scene.env)) {
    expect(all.get(name)).toBe(scene.env[name] ?? "");
    all.delete(name);
  }
  return all;
}

scenario("runas adds the three key variables and no others", async (scene) => {
  const env = await seen(scene, jump, ANA);
  expect([...env.keys()].sort()).toEqual(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]);
  expect(env.get("AWS_ACCESS_KEY_ID")).toStartWith("ASIA");
});

scenario("runas with long-term keys gives two variables and takes a foreign token away", async (scene) => {
  await scene.write("home/.aws/credentials", `[me]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const env = await seen(scene, ["--profile", "me"], {
    AWS_SESSION_TOKEN: "old",
    AWS_SECURITY_TOKEN: "older",
  });
  expect([...env].sort()).toEqual(Object.entries(ANA).sort());
});

scenario("runas unsets every variable that would lead an SDK to another identity", async (scene) => {
  const others = {
    AWS_DEFAULT_PROFILE: "other",
    AWS_SECURITY_TOKEN: "other",
    AWS_CREDENTIAL_EXPIRATION: "2199-01-01T00:00:00Z",
    AWS_ACCOUNT_ID: "999999999999",
    AWS_CREDENTIAL_SCOPE: "other",
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/other",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/other",
    AWS_CONTAINER_AUTHORIZATION_TOKEN: "other",
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/other",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/other",
    AWS_ROLE_ARN: "other",
    AWS_ROLE_SESSION_NAME: "other",
  };
  await scene.write(
    "home/.aws/config",
    `[profile p]\nrole_arn = ${SAMPLE_ROLES.jump}\nsource_profile = me\n`,
  );
  await scene.write("home/.aws/credentials", `[me]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const env = await seen(scene, ["--profile", "p"], {
    ...others,
    AWS_PROFILE: "p",
    KEPT: "preserve",
    AWS_PAGER: "",
  });
  expect([...env.keys()].sort()).toEqual([
    "AWS_ACCESS_KEY_ID",
    "AWS_PAGER",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "KEPT",
  ]);
});

const profile = `[profile p]\nrole_arn = ${SAMPLE_ROLES.jump}\nsource_profile = me\nregion = eu-central-1\n`;

/** What decides on the region that the program sees: AWS_REGION, then AWS_DEFAULT_REGION. */
const regions: Record<
  string,
  { args: string[]; env?: Record<string, string>; seen: readonly [string | undefined, string | undefined] }
> = {
  "--region": {
    args: ["--region", "us-east-2"],
    env: { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" },
    seen: ["us-east-2", "us-east-2"],
  },
  "the profile, when nothing else does": { args: [], seen: ["eu-central-1", "eu-central-1"] },
  "AWS_REGION, as it was": { args: [], env: { AWS_REGION: "eu-west-1" }, seen: ["eu-west-1", undefined] },
  "AWS_DEFAULT_REGION, as it was": {
    args: [],
    env: { AWS_DEFAULT_REGION: "eu-west-2" },
    seen: [undefined, "eu-west-2"],
  },
};

for (const [name, { args, env, seen: expected }] of Object.entries(regions)) {
  scenario(`runas shows the program the region of ${name}`, async (scene) => {
    await scene.write("home/.aws/config", profile);
    await scene.write("home/.aws/credentials", `[me]\n${keyLines(SAMPLE_KEYS.ana)}`);
    const all = await seen(scene, ["--profile", "p", ...args], env ?? {});
    expect([all.get("AWS_REGION"), all.get("AWS_DEFAULT_REGION")]).toEqual([...expected]);
  });
}

scenario("runas sets no region for the program when none is configured", async (scene) => {
  const env = await seen(scene, jump, ANA);
  expect([...env.keys()].filter((name) => name.includes("REGION"))).toEqual([]);
});

scenario("runas gives the program the caller's proxy variables", async (scene) => {
  const proxies = { HTTP_PROXY: "http://127.0.0.1:2", NO_PROXY: "example.com", no_proxy: "example.org" };
  const env = await seen(scene, jump, { ...ANA, ...proxies });
  for (const [name, value] of Object.entries(proxies)) expect(env.get(name)).toBe(value);
});
