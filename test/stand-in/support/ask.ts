import { identifyHost } from "../hosts.ts";
import type { Header } from "../http/message.ts";
import type { Reply } from "../http/reply.ts";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../sample-world.ts";
import type { Call } from "../service.ts";
import { sts } from "../sts/sts.ts";
import type { World } from "../world/world.ts";
import { type SigningKeys, signedHeaders } from "./sign.ts";

/** Asks the services directly, without a network, for tests of what they decide. */

export interface StsReply {
  readonly status: number;
  readonly text: string;
  /** The text of the first element of that name, decoded; undefined when there is none. */
  field(name: string): string | undefined;
}

export interface AskOptions {
  /** Default: the user ana of the sample world. */
  readonly keys?: SigningKeys;
  /** A real AWS host name; default `sts.us-east-1.amazonaws.com`. */
  readonly host?: string;
  readonly region?: string;
  /** The client's clock, where it differs from the world's. */
  readonly signedAt?: number;
  /** Changes the signed request on its way. */
  readonly tamper?: (call: Call) => Call;
}

/** Signs `parameters` and has STS answer them. */
export function askSts(world: World, parameters: Record<string, string>, options: AskOptions = {}): StsReply {
  const host = options.host ?? "sts.us-east-1.amazonaws.com";
  const body = new URLSearchParams({ Version: "2011-06-15", ...parameters }).toString();
  const region = options.region ?? "us-east-1";
  const headers = signedHeaders({
    url: `https://${host}/`,
    body,
    keys: options.keys ?? SAMPLE_KEYS.ana,
    now: options.signedAt ?? world.now(),
    region,
  });
  const call = postCall(host, "/", body, Object.entries(headers));
  return stsReply(sts(options.tamper === undefined ? call : options.tamper(call), world).reply);
}

export function postCall(host: string, path: string, body: string, headers: readonly Header[]): Call {
  return { method: "POST", path, query: "", headers, body: Buffer.from(body), host: identifyHost(host) };
}

export function stsReply(reply: Reply): StsReply {
  const text = Buffer.from(reply.body).toString();
  return { status: reply.status, text, field: (name) => xmlField(text, name) };
}

/** The text of the first element of that name in a document of STS. */
export function xmlField(text: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  return found
    ?.replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, "&");
}

/** The keys in a response; fails when it carries none. */
export function keysOf(reply: StsReply): Required<SigningKeys> {
  const accessKeyId = reply.field("AccessKeyId");
  const secretAccessKey = reply.field("SecretAccessKey");
  const sessionToken = reply.field("SessionToken");
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
    throw new Error(`no credentials in: ${reply.text}`);
  }
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** The keys of a session of the sample role Jump, called `tester`, assumed by ana. */
export function assumeJump(world: World, parameters: Record<string, string> = {}): Required<SigningKeys> {
  const asked = {
    Action: "AssumeRole",
    RoleArn: SAMPLE_ROLES.jump,
    RoleSessionName: "tester",
    ...parameters,
  };
  return keysOf(askSts(world, asked));
}
