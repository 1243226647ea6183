import { SAMPLE_KEYS } from "../sample-world.ts";
import { type SigningKeys, signedHeaders } from "./sign.ts";

/** What Bun's `fetch` takes to go through the stand-in's proxy, or through none. */
export interface Way {
  readonly proxy: string | false;
  readonly tls?: { readonly ca: string };
}

/** Straight to a port of the stand-in, whatever proxy the machine has. */
export const DIRECT: Way = { proxy: false };

// `fetch` obeys NO_PROXY even where a call names its proxy: with `NO_PROXY=*` the tests would ask the real hosts.
for (const name of ["NO_PROXY", "no_proxy"]) delete process.env[name];

/** A signed request to STS at `url`, over the network. */
export function sendSts(
  url: string,
  parameters: Record<string, string>,
  way: Way = DIRECT,
  keys: SigningKeys = SAMPLE_KEYS.ana,
  region = "us-east-1",
): Promise<Response> {
  const body = new URLSearchParams({ Version: "2011-06-15", ...parameters }).toString();
  const headers = signedHeaders({ url, body, keys, now: Date.now(), region });
  return fetch(url, { method: "POST", body, headers, redirect: "manual", ...way });
}
