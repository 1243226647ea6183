/** What this program takes from EC2 instance metadata: the credentials of the instance's role, and its region. */
import type { Credentials } from "../../lib/credentials.ts";
import { Failure } from "../../lib/errors.ts";
import { parseRegion } from "../../lib/region.ts";
import type { HttpClient } from "../http/http-client.ts";
import {
  type MetadataAbsent,
  type MetadataReach,
  type MetadataSession,
  metadataFailure,
  metadataSession,
} from "./imds-session.ts";
import { readInstanceDocument } from "./instance-document.ts";

export interface MetadataSettings extends MetadataReach {
  /** The instance profile to take in place of the listed one; a name that can be part of a path. */
  readonly profileName?: string | undefined;
}

/** `absent` means that there is no metadata service or no role, `why` says which, and `timedOut` that a timeout told. */
export type InstanceResponse =
  | { readonly kind: "absent"; readonly why: string; readonly timedOut: boolean }
  | { readonly kind: "credentials"; readonly credentials: Credentials; readonly role: string };

export interface InstanceMetadata {
  /** Throws a Failure when the service responds, but not with credentials. */
  credentials(): Promise<InstanceResponse>;
  /** The instance's region, or undefined when the service does not tell. Throws a Failure when it tells something else. */
  region(): Promise<string | undefined>;
}

/** What a folder of the service holds; `failure` says why that is no document, and `isLate` that it may come a moment later. */
type FolderResult =
  | InstanceResponse
  | { readonly kind: "no role" }
  | { readonly kind: "no document"; readonly failure: Failure; readonly isLate: boolean };

const base = "/latest/meta-data/iam";
/** The newer folder tells the account id too. Older services, and others that speak their protocol, do not have it. */
const extendedFolder = `${base}/security-credentials-extended/`;
const folder = `${base}/security-credentials/`;

/** The characters of a role's name, which becomes part of a path. Dots alone would climb out of the folder. */
const roleName = /^(?!\.{1,2}$)[\w+=,.@-]{1,128}$/;

export function instanceMetadata(http: HttpClient, settings: MetadataSettings): InstanceMetadata {
  const session = metadataSession(http, settings);
  const { profileName } = settings;

  async function credentials(): Promise<InstanceResponse> {
    const extended = await readFolder(session, extendedFolder, profileName);
    if (extended.kind === "credentials" || extended.kind === "absent") return extended;
    if (extended.kind === "no document") http.trace(`${extended.failure.message}: trying the older path`);
    let found = await readFolder(session, folder, profileName);
    if (found.kind === "no document" && found.isLate) {
      // The document of a role that was attached a moment ago can lag behind its name.
      await session.pause(0);
      found = await readFolder(session, folder, profileName);
    }
    if (found.kind === "credentials" || found.kind === "absent") return found;
    if (found.kind === "no role") {
      return { kind: "absent", why: "the instance has no instance profile", timedOut: false };
    }
    throw found.failure;
  }

  async function region(): Promise<string | undefined> {
    const path = "/latest/meta-data/placement/region";
    const response = await session.get(path);
    if ("absent" in response || response.status !== 200) return undefined;
    const name = firstLine(response.body);
    if (name === "") return undefined;
    if (parseRegion(name) === undefined)
      throw metadataFailure(`${path} did not name a region`, response.status);
    return name;
  }

  return { credentials, region };
}

/** The document of the role that the folder lists, or of the configured instance profile. */
async function readFolder(
  session: MetadataSession,
  path: string,
  profileName: string | undefined,
): Promise<FolderResult> {
  const role = profileName ?? (await listedRole(session, path));
  if (typeof role !== "string") return role;
  const response = await session.get(path + role);
  if ("absent" in response) return absentResult(response);
  const { status, body } = response;
  if (status === 404 && profileName !== undefined) {
    return { kind: "no document", failure: unknownProfile(profileName), isLate: true };
  }
  if (status !== 200) {
    const failure = metadataFailure(`${path}${role} returned status ${status}`, status);
    return { kind: "no document", failure, isLate: status === 404 };
  }
  const read = readInstanceDocument(body, role, session.secrets());
  if ("credentials" in read) return { kind: "credentials", credentials: read.credentials, role };
  return { kind: "no document", failure: read.unusable, isLate: true };
}

async function listedRole(session: MetadataSession, path: string): Promise<string | FolderResult> {
  const listing = await session.get(path);
  if ("absent" in listing) return absentResult(listing);
  const { status, body } = listing;
  if (status === 404) return { kind: "no role" };
  if (status !== 200) {
    const failure = metadataFailure(`${path} returned status ${status}`, status);
    return { kind: "no document", failure, isLate: false };
  }
  const role = firstLine(body);
  if (roleName.test(role)) return role;
  return {
    kind: "no document",
    failure: metadataFailure(`${path} did not name a role`, status),
    isLate: false,
  };
}

function absentResult({ absent, timedOut }: MetadataAbsent): FolderResult {
  return { kind: "absent", why: absent, timedOut };
}

function unknownProfile(name: string): Failure {
  return new Failure(
    "failed",
    `cannot read instance metadata: the instance has no instance profile ${name}`,
    {
      hints: ["correct AWS_EC2_INSTANCE_PROFILE_NAME or ec2_instance_profile_name, or take the setting away"],
    },
  );
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").trim();
}
