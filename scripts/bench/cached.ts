/** Answers to `credential_process` from the cache: what SDKs and Terraform ask for hundreds of times at once. */
import { createHash } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { StandIn } from "../project/stand-in.ts";
import { type Budget, type Case, identityEnvironment } from "./cases.ts";
import { section, writeConfig } from "./config-file.ts";
import type { Executables } from "./executables.ts";

export const helper = ["dumpcreds", "--credential-helper", "--use-cache"];

const budget: Budget = { cpu: 1.12, wall: 1.12, memory: 1.2 };
const manyProfiles = 1500;

/** The cases, each in a home of its own. The first run of each fills the cache. */
export async function cachedCases(executables: Executables, standIn: StandIn): Promise<readonly Case[]> {
  const { ring } = standIn.roles;
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...profiles } = identityEnvironment(standIn);
  const one = async (
    title: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    limits: Budget,
    fill: (home: string) => Promise<void> = async () => {},
  ): Promise<Case> => {
    const home = await mkdtemp(join(standIn.folder, "home-"));
    await fill(home);
    return {
      title,
      program: { argv: [executables.program, ...helper, ...args], env: { ...env, HOME: home } },
      floor: { argv: [executables.hello], env: { HOME: home } },
      budget: limits,
    };
  };
  return [
    await one("cached, keys and a role", ["--assume-roles", ring], identityEnvironment(standIn), budget),
    await one("cached, Identity Center", ["--profile", "sso"], profiles, budget, (home) =>
      signIn(home, standIn),
    ),
    await one(
      `cached, a role among ${manyProfiles} profiles`,
      ["--profile", "top"],
      profiles,
      { cpu: 1.35, wall: 1.35, memory: 1.35 },
      (home) => writeProfiles(home, standIn),
    ),
  ];
}

/** A config file as `dumpconfig --write` writes it for a person with many accounts, and a role on top. */
async function writeProfiles(home: string, { keys, roles }: StandIn): Promise<void> {
  const sections = Array.from({ length: manyProfiles }, (_, index) =>
    section(`profile account-${index}-AdministratorAccess`, {
      sso_session: "my-sso",
      sso_account_id: String(index).padStart(12, "0"),
      sso_role_name: "AdministratorAccess",
    }),
  );
  sections.push(
    section("profile base", {
      aws_access_key_id: keys.ana.accessKeyId,
      aws_secret_access_key: keys.ana.secretAccessKey,
    }),
    section("profile top", { source_profile: "base", role_arn: roles.ring }),
  );
  await writeConfig(home, sections);
}

/**
 * A profile of Identity Center, and a sign-in to it as the AWS CLI keeps it, which can be renewed and ends in so many
 * seconds.
 */
export async function signIn(home: string, { controlUrl }: StandIn, seconds = 3600): Promise<void> {
  const response = await fetch(`${controlUrl}/identity-center/sign-in`, { method: "POST", body: "{}" });
  const { startUrl, region, registrationExpiresAt, ...others } = JSON.parse(await response.text());
  await writeConfig(home, [
    section("sso-session my-sso", { sso_start_url: startUrl, sso_region: region }),
    section("profile sso", {
      sso_session: "my-sso",
      sso_account_id: "012345678901",
      sso_role_name: "ReadOnlyAccess",
    }),
  ]);
  const name = createHash("sha1").update("my-sso").digest("hex");
  const token = {
    ...{ ...others, startUrl, region },
    expiresAt: time(Date.now() + seconds * 1000),
    registrationExpiresAt: time(registrationExpiresAt),
  };
  await Bun.write(join(home, `.aws/sso/cache/${name}.json`), JSON.stringify(token));
}

/** As the AWS CLI writes it. */
function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
