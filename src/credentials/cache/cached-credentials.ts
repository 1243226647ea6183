/** Acquiring under `--use-cache`: what is kept of which start, and on what it depends. */
import type { HttpClient } from "../../aws/http/http-client.ts";
import { homeDirectory, ownFolderPath } from "../../config/paths.ts";
import { portals, portalsPath } from "../../sso/own-token-cache.ts";
import type { PortalAccess } from "../../sso/portal.ts";
import type { System } from "../../system/types.ts";
import type { CredentialSource } from "../plan.ts";
import type { Acquired, Prompting, Retrieval } from "../retrieval.ts";
import type { SsoSource } from "../sources/types.ts";
import { type CredentialKey, requestAfter, requestOfHelper } from "./key.ts";
import { type Acquire, type FlightOptions, singleFlight } from "./refresh.ts";

export interface CachedAcquisition {
  readonly key: CredentialKey;
  readonly start: CredentialSource;
  readonly withSteps: boolean;
  readonly options: FlightOptions;
  readonly system: System;
  readonly clock: Pick<HttpClient, "clockOffset">;
  readonly trace: (line: string) => void;
}

/** Throws a Failure. */
export async function acquireCached(retrieval: Retrieval, acquisition: CachedAcquisition): Promise<Acquired> {
  const { key, start, withSteps, system } = acquisition;
  const folder = ownFolderPath(system.env, await homeDirectory(system));
  const whole = async (how: Prompting & { readonly opened?: (portal: PortalAccess) => Promise<void> }) =>
    retrieval.runSteps(await retrieval.retrieveSource(how), how);
  // Keys that stand in the environment or in a file are at hand already.
  if (start.kind === "keys" && !withSteps) return whole({ prompt: "allowed" });
  if (folder === undefined) {
    const acquired = await whole({ prompt: "allowed" });
    system.stderr("aws-login: warning: the credentials are not kept: no home directory is known");
    return acquired;
  }
  const fly = (request: string, acquire: Acquire) =>
    singleFlight({ ...acquisition, folder, key: { request, files: key.files } }, acquire);

  switch (start.kind) {
    case "keys":
      return fly(key.request, async (how) => ({ acquired: await whole(how), dependsOn: [] }));
    case "web-identity":
      return fly(key.request, async (how) => {
        const fingerprint = system.fileFingerprint(start.tokenFile);
        const acquired = await whole(how);
        return {
          acquired,
          dependsOn: fingerprint === undefined ? undefined : [start.tokenFile, fingerprint],
        };
      });
    case "sso-role":
      return fly(key.request, async (how) => {
        let dependsOn: readonly string[] | undefined;
        const acquired = await whole({
          ...how,
          opened: async (portal) => {
            await portal.ready();
            dependsOn = await signInFingerprints(start, portal, folder, system);
          },
        });
        return { acquired, dependsOn };
      });
    case "process":
      return fly(requestOfHelper(key.request, system), async (how) => ({
        acquired: await whole(how),
        dependsOn: [],
      }));
    // Each of these has its credentials at hand, and nothing here would tell when it has others.
    case "container":
    case "instance-metadata":
    case "login-session": {
      const begun = await retrieval.retrieveSource({ prompt: "allowed" });
      if (!withSteps) return begun;
      return fly(requestAfter(key.request, begun.credentials.accessKeyId), async (how) => ({
        acquired: await retrieval.runSteps(begun, how),
        dependsOn: [],
      }));
    }
  }
}

/**
 * Whose role it is depends on who signed in, and, where no portal is named, on which was signed in to last. Undefined
 * when that is another one by now.
 */
async function signInFingerprints(
  { portal: choice }: SsoSource,
  portal: PortalAccess,
  folder: string,
  system: System,
): Promise<readonly string[] | undefined> {
  const fingerprints: string[] = [];
  const add = (path: string): boolean => {
    const fingerprint = system.fileFingerprint(path);
    if (fingerprint !== undefined) fingerprints.push(path, fingerprint);
    return fingerprint !== undefined;
  };
  if (portal.tokenFile === undefined || !add(portal.tokenFile)) return undefined;
  if (choice.kind !== "own" || choice.startUrl !== undefined) return fingerprints;
  if (!add(portalsPath(folder))) return undefined;
  const [latest] = await portals(system, folder);
  return latest === (portal.startUrl ?? "") ? fingerprints : undefined;
}
