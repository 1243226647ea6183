/**
 * EC2 instance metadata, version 2 only: a session token is asked for first and sent with every request, and
 * nothing makes the client fall back to requests without one.
 */
import type { Credentials } from "../credentials.ts";
import { Failure } from "../errors.ts";
import { boundedText } from "./bounded-text.ts";
import { readInstanceDocument } from "./instance-document.ts";
import type { Wire } from "./wire.ts";

export interface MetadataSettings {
  /** http or https, without a trailing slash. */
  readonly baseUrl: string;
  /** How long one request may take. */
  readonly timeoutMilliseconds: number;
  /**
   * Attempts when nothing answers, one when undefined; an answered 5xx or 401 is asked again up to three times all
   * the same.
   */
  readonly attempts: number | undefined;
}

/** `absent` means that there is no metadata service or no role here, and says which. */
export type InstanceAnswer =
  | { readonly kind: "absent"; readonly why: string }
  | { readonly kind: "credentials"; readonly credentials: Credentials; readonly role: string };

export interface InstanceMetadata {
  /** Throws a Failure when the service answers, but not with credentials. */
  credentials(): Promise<InstanceAnswer>;
  /** The instance's region, or undefined when the service does not tell. */
  region(): Promise<string | undefined>;
}

const tokenSeconds = "21600";
const answeredRetries = 3;

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Speaks to the metadata service directly: never through a proxy, never following a redirect. */
export function instanceMetadata(wire: Wire, settings: MetadataSettings): InstanceMetadata {
  let token: string | undefined;

  async function send(
    method: "GET" | "PUT",
    path: string,
    headers: Record<string, string>,
  ): Promise<Answer | undefined> {
    for (let left = (settings.attempts ?? 1) - 1; ; left--) {
      const started = wire.system.now();
      const told = (result: string) =>
        wire.trace(
          `${method} ${new URL(settings.baseUrl).host} ${path}: ${result}, ${wire.system.now() - started} ms`,
        );
      try {
        const signal = wire.system.deadline(settings.timeoutMilliseconds);
        const response = await wire.system.fetch(`${settings.baseUrl}${path}`, { method, headers, signal });
        const body = (await boundedText(response)) ?? "";
        told(String(response.status));
        return { status: response.status, body };
      } catch {
        // Whatever the reason, nothing answered: that is what "no metadata service" looks like.
        told(`no answer within ${settings.timeoutMilliseconds} ms`);
        if (left <= 0) return undefined;
      }
    }
  }

  async function freshToken(): Promise<string | { readonly absent: string }> {
    const path = "/latest/api/token";
    for (let retry = 0; ; retry++) {
      const answer = await send("PUT", path, { "x-aws-ec2-metadata-token-ttl-seconds": tokenSeconds });
      if (answer === undefined) return { absent: `nothing answers at ${settings.baseUrl}` };
      if (answer.status === 200 && isToken(answer.body)) return answer.body;
      if (answer.status >= 500 && retry < answeredRetries) continue;
      const why = answer.status === 200 ? "something that is no token" : `status ${answer.status}`;
      throw refused(`the token request was answered with ${why}`, answer.status);
    }
  }

  async function get(path: string): Promise<Answer | { readonly absent: string }> {
    for (let retry = 0; ; retry++) {
      if (token === undefined) {
        const fresh = await freshToken();
        if (typeof fresh !== "string") return fresh;
        token = fresh;
      }
      const answer = await send("GET", path, { "x-aws-ec2-metadata-token": token });
      if (answer === undefined) throw refused(`${path} was not answered`, undefined);
      if (answer.status === 401) token = undefined;
      if ((answer.status < 500 && answer.status !== 401) || retry >= answeredRetries) return answer;
    }
  }

  /** The newer path tells the account id too; an older service answers it with 404. */
  async function credentials(): Promise<InstanceAnswer> {
    for (const folder of ["security-credentials-extended", "security-credentials"]) {
      const base = `/latest/meta-data/iam/${folder}/`;
      const listing = await get(base);
      if ("absent" in listing) return { kind: "absent", why: listing.absent };
      if (listing.status === 404) continue;
      if (listing.status !== 200)
        throw refused(`${base} was answered with status ${listing.status}`, listing.status);
      const role = firstLine(listing.body);
      if (!/^[\w+=,.@-]{1,128}$/.test(role)) throw refused(`${base} did not name a role`, listing.status);
      const document = await get(base + role);
      if ("absent" in document) return { kind: "absent", why: document.absent };
      if (document.status === 404) continue;
      if (document.status !== 200)
        throw refused(`${base}${role} was answered with status ${document.status}`, document.status);
      return { kind: "credentials", credentials: readInstanceDocument(document.body, role), role };
    }
    return { kind: "absent", why: "the instance has no instance profile" };
  }

  async function region(): Promise<string | undefined> {
    const answer = await get("/latest/meta-data/placement/region");
    if ("absent" in answer || answer.status !== 200) return undefined;
    return firstLine(answer.body) || undefined;
  }

  return { credentials, region };
}

/** A token goes into a header as it is. */
function isToken(body: string): boolean {
  return /^[\x21-\x7e]+$/.test(body);
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").trim();
}

function refused(why: string, status: number | undefined): Failure {
  const hint =
    status === 403
      ? "instance metadata is switched off for this instance, or a proxy stands in the way"
      : "look at the instance's metadata options, or set AWS_EC2_METADATA_DISABLED=true to pass this source over";
  return new Failure("failed", `cannot get credentials from instance metadata: ${why}`, { hints: [hint] });
}
