/** What EC2 instance metadata knows of the machine that this program is useful for: its credentials and its region. */
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { regionLabel } from "../../lib/region-label.ts";
import type { HttpClient } from "../http/http-client.ts";
import { type MetadataReach, metadataFailure, metadataSession } from "./imds-session.ts";
import { readInstanceDocument } from "./instance-document.ts";

export interface MetadataSettings extends MetadataReach {
  /** The instance profile to take without asking which there is; a name that can be part of a path. */
  readonly profileName?: string | undefined;
}

/** `absent` means that there is no metadata service or no role here, and says which. */
export type InstanceResponse =
  | { readonly kind: "absent"; readonly why: string }
  | { readonly kind: "credentials"; readonly credentials: Credentials; readonly role: string };

export interface InstanceMetadata {
  /** Throws a Failure when the service answers, but not with credentials. */
  credentials(): Promise<InstanceResponse>;
  /** The instance's region, or undefined when the service does not tell. Throws a Failure when it tells something else. */
  region(): Promise<string | undefined>;
}

/** The characters of a role's name, which becomes part of a path. Dots alone would climb out of the folder. */
const roleName = /^(?!\.{1,2}$)[\w+=,.@-]{1,128}$/;

export function instanceMetadata(http: HttpClient, settings: MetadataSettings): InstanceMetadata {
  const { get, secrets } = metadataSession(http, settings);

  /** The newer path tells the account id too; an older service answers it with 404. */
  async function credentials(): Promise<InstanceResponse> {
    for (const folder of ["security-credentials-extended", "security-credentials"]) {
      const base = `/latest/meta-data/iam/${folder}/`;
      const role = settings.profileName ?? (await listedRole(base));
      if (role === undefined) continue;
      if (typeof role !== "string") return { kind: "absent", why: role.absent };
      const document = await get(base + role);
      if ("absent" in document) return { kind: "absent", why: document.absent };
      if (document.status === 404) continue;
      if (document.status !== 200)
        throw metadataFailure(`${base}${role} was answered with status ${document.status}`, document.status);
      const credentials = readInstanceDocument(document.body, role, secrets());
      return { kind: "credentials", credentials, role };
    }
    if (settings.profileName === undefined) {
      return { kind: "absent", why: "the instance has no instance profile" };
    }
    throw new Failure(
      "failed",
      `cannot read instance metadata: the instance has no instance profile ${settings.profileName}`,
      {
        hints: [
          "correct AWS_EC2_INSTANCE_PROFILE_NAME or ec2_instance_profile_name, or take the setting away",
        ],
      },
    );
  }

  async function listedRole(base: string): Promise<string | { readonly absent: string } | undefined> {
    const listing = await get(base);
    if ("absent" in listing) return listing;
    if (listing.status === 404) return undefined;
    if (listing.status !== 200)
      throw metadataFailure(`${base} was answered with status ${listing.status}`, listing.status);
    const role = firstLine(listing.body);
    if (!roleName.test(role)) throw metadataFailure(`${base} did not name a role`, listing.status);
    return role;
  }

  async function region(): Promise<string | undefined> {
    const path = "/latest/meta-data/placement/region";
    const answer = await get(path);
    if ("absent" in answer || answer.status !== 200) return undefined;
    const name = firstLine(answer.body);
    if (name === "") return undefined;
    if (regionLabel(name) === undefined)
      throw metadataFailure(`${path} did not name a region`, answer.status);
    return name;
  }

  return { credentials, region };
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").trim();
}
