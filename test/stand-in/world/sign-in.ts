import type { Instance } from "./instance-directory.ts";

/** A registered client. Times are milliseconds since the epoch. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly region: string | undefined;
  readonly expires: number;
  readonly scopes: readonly string[];
  /** Absent: the client did not say, and may use the device code grant and refresh tokens. */
  readonly grantTypes: readonly string[] | undefined;
  readonly redirectUris: readonly string[];
  /** The instance that its `issuerUrl` names. */
  readonly instance: Instance | undefined;
}

/** What a person agreed to once; every token belongs to one. */
export interface SignIn {
  readonly instance: Instance;
  readonly client: Client;
  readonly refreshable: boolean;
  readonly ends: number;
  over: boolean;
}

export interface DeviceGrant {
  readonly client: Client;
  readonly instance: Instance;
  readonly userCode: string;
  readonly expires: number;
  state: "pending" | "approved" | "denied" | "spent";
  /** Milliseconds between polls; grows with each `slow_down`. */
  interval: number;
  lastPoll: number | undefined;
  /** Polls that came too early. */
  early: number;
}

/** A question at `/authorize` that a person has yet to answer. */
export interface Authorization {
  readonly client: Client;
  readonly instance: Instance;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly state: string | undefined;
}

export interface CodeGrant extends Authorization {
  readonly expires: number;
}

export interface AccessToken {
  readonly signIn: SignIn;
  readonly expires: number;
  refused: boolean;
}
