import type { Options } from "../../src/cli/option-record.ts";

/** What a command gets when no option is given: written out here, so that a default cannot change unnoticed. */
export const DEFAULTS: Options = {
  verbose: false,
  useCache: false,
  refresh: "auto",
  signIn: "auto",
  useDeviceCode: false,
  noBrowser: false,
  nrt: false,
  remote: false,
  getSessionToken: false,
  getFederationToken: false,
  credentialHelper: false,
  clear: false,
  autoRefresh: false,
  write: false,
  dryRun: false,
  credentialProcess: false,
  prune: false,
  rename: false,
  offline: false,
  copy: false,
  reload: false,
  sessions: false,
  portalLink: false,
  logoutFirst: false,
};
