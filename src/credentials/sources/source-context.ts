/** What the sources need besides their settings. Types only. */
import type { Endpoint } from "../../aws/endpoints/resolve-endpoint.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import type { InstanceMetadata } from "../../aws/imds/imds.ts";
import type { PortalAccess } from "../../sso/portal.ts";
import type { PortalChoice } from "../../sso/portal-choice.ts";
import type { System } from "../../system/types.ts";
import type { Prompting } from "../retrieval.ts";

export interface SourceContext {
  readonly system: System;
  readonly http: HttpClient;
  readonly openMetadata: () => Promise<InstanceMetadata>;
  readonly stsEndpoint: () => Promise<Endpoint>;
  /** The sign-in service in this region, or in the region of the run. */
  readonly loginEndpoint: (region: string | undefined) => Endpoint;
  /** Roles Anywhere in the region of a trust anchor. */
  readonly rolesAnywhereEndpoint: (region: string) => Endpoint;
  readonly prompt: Prompting["prompt"];
  /** The password of a private key, where a person has typed it already. */
  readonly keyPassword: string | undefined;
  /** Opens the Identity Center portal that a source names. */
  readonly openPortal: (choice: PortalChoice) => Promise<PortalAccess>;
  readonly options: SessionOptions;
}

/** The options that a source which is a role itself takes. */
export interface SessionOptions {
  readonly roleSessionName: string;
  /** Seconds. */
  readonly duration?: number;
}
