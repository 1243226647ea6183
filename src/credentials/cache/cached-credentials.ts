/** Acquiring under `--use-cache`: what is kept of which start, and on what it depends. */
import type { HttpClient } from "../../aws/http/http-client.ts";
import { homeDirectory } from "../../config/home.ts";
import { ownFolderPath } from "../../config/own-folder.ts";
import { portals, portalsPath } from "../../sso/own-token-cache.ts";
import type { PortalAccess } from "../../sso/portal.ts";
import type { System } from "../../system/types.ts";
import type { CredentialSource } from "../plan.ts";
import type { Acquired } from "../sources/retrieve.ts";
import type { SsoSource } from "../sources/types.ts";
import { type CredentialKey, requestAfter, requestOfHelper } from "./key.ts";
import { type FlightOptions, type FreshlyAcquired, singleFlight } from "./refresh.ts";

/** The two halves of a plan, ready to be carried out. `quietly`: nobody may be asked anything. */
export interface Retrieval {
  /** `opened` is called with the portal of Identity Center before that is asked for the role. */
  retrieveSource(quietly: boolean, opened?: (portal: PortalAccess) => Promise<void>): Promise<Acquired>;
  /** The start itself when there are no hops. */
  runSteps(start: Acquired, quietly: boolean): Promise<Acquired>;
}

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
  const whole = async (quietly: boolean, opened?: (portal: PortalAccess) => Promise<void>) =>
    retrieval.runSteps(await retrieval.retrieveSource(quietly, opened), quietly);
  // Keys that stand in the environment or in a file are at hand already.
  if (start.kind === "keys" && !withSteps) return whole(false);
  if (folder === undefined) {
    const acquired = await whole(false);
    system.stderr("aws-login: warning: the credentials are not kept: no home directory is known");
    return acquired;
  }
  const fly = (request: string, acquire: (quietly: boolean) => Promise<FreshlyAcquired>) =>
    singleFlight({ ...acquisition, folder, key: { request, files: key.files } }, acquire);

  switch (start.kind) {
    case "keys":
      return fly(key.request, async (quietly) => ({ acquired: await whole(quietly), dependsOn: [] }));
    case "web-identity":
      return fly(key.request, async (quietly) => {
        const fingerprint = system.fileFingerprint(start.tokenFile);
        const acquired = await whole(quietly);
        return {
          acquired,
          dependsOn: fingerprint === undefined ? undefined : [start.tokenFile, fingerprint],
        };
      });
    case "sso-role":
      return fly(key.request, async (quietly) => {
        let dependsOn: readonly string[] | undefined;
        const acquired = await whole(quietly, async (portal) => {
          await portal.ready();
          dependsOn = await signInFingerprints(start, portal, folder, system);
        });
        return { acquired, dependsOn };
      });
    case "process":
      return fly(requestOfHelper(key.request, system), async (quietly) => ({
        acquired: await whole(quietly),
        dependsOn: [],
      }));
    // Each of these has its credentials at hand, and nothing here would tell when it has others.
    case "container":
    case "instance-metadata":
    case "login-session": {
      const begun = await retrieval.retrieveSource(false);
      if (!withSteps) return begun;
      return fly(requestAfter(key.request, begun.credentials.accessKeyId), async (quietly) => ({
        acquired: await retrieval.runSteps(begun, quietly),
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
