/** The identities that an endpoint serves: its own, and the profiles of `PATH/profile/NAME` where they are wanted. */
import type { IdentityRequest } from "../credentials/identity-request.ts";
import type { System } from "../system/types.ts";
import { acquireCredentials } from "./acquire-credentials.ts";
import { type EndpointCredentials, sameCredentials } from "./endpoint-credentials.ts";
import type { EndpointOptions } from "./endpoint-options.ts";
import { failureLines } from "./failure-lines.ts";
import { profileInPath, profileRequest, serveProfiles } from "./profile-credentials.ts";
import { renewalRequest } from "./renewal-request.ts";
import { type RenewalSource, type ServedCredentials, serveCredentials } from "./served-credentials.ts";
import { watchSignIns } from "./watch-sign-ins.ts";

/** What is served, as data. */
export interface IdentityPlan {
  readonly request: IdentityRequest;
  /** The identity's name in messages. */
  readonly name: string;
  readonly first: EndpointCredentials;
  readonly renewal: "by-itself" | "needs-person";
  readonly listening: Pick<EndpointOptions, "profiles">;
}

/** Tells the person, one line each. */
export type Tell = (lines: readonly string[]) => Promise<void>;

export interface Identities {
  /** The endpoint's own. */
  readonly own: ServedCredentials;
  /** Those at the secret path followed by `rest`; undefined where the endpoint serves nothing there. */
  at(rest: string): ServedCredentials | undefined;
  renewWhenDue(): void;
  settle(): Promise<void>;
}

/** Undefined where only a person can acquire new credentials. */
function acquisition(
  { renewal, first }: Pick<IdentityPlan, "renewal" | "first">,
  request: IdentityRequest,
  system: System,
): RenewalSource["acquire"] {
  if (renewal === "by-itself") return () => acquireCredentials(request, system);
  // AWS refuses them when they have ended; until then they serve.
  if (first.credentials.expiration === undefined) return async () => sameCredentials(first, system.now());
  return undefined;
}

export async function serveIdentities(plan: IdentityPlan, system: System, tell: Tell): Promise<Identities> {
  const signInFingerprint = await watchSignIns(system);
  const request = renewalRequest(plan.request);
  const served = serveCredentials({
    system,
    first: plan.first,
    acquire: acquisition(plan, request, system),
    signInFingerprint,
    onFailure: (failure, valid) => void tell(failureLines(plan.name, failure, valid)),
  });
  const hint = "name a profile whose credentials end, for example one with a role";
  const openProfile = (name: string) => {
    let attempt: "acquire" | "renew" = "acquire";
    return serveCredentials({
      system,
      first: undefined,
      acquire: async () => {
        const acquired = await acquireCredentials(profileRequest(request, name), system, hint);
        attempt = "renew";
        return acquired;
      },
      signInFingerprint,
      onFailure: (failure, valid) => void tell(failureLines(name, failure, valid, attempt)),
    });
  };
  const profiles = serveProfiles(openProfile, system);
  return {
    own: served,
    at: (rest) => {
      if (rest === "") return served;
      const name = plan.listening.profiles ? profileInPath(rest) : undefined;
      return name === undefined ? undefined : profiles.of(name);
    },
    renewWhenDue: () => {
      served.renewWhenDue();
      profiles.renewWhenDue();
    },
    settle: async () => {
      await Promise.all([served.settle(), profiles.settle()]);
    },
  };
}
