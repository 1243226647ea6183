/** An acquired identity over a fake system, for what is done with one. */
import { partitionOfRegion } from "../../src/aws/endpoints/partitions.ts";
import type { Identity } from "../../src/credentials/resolve.ts";
import { fakeHttpClient } from "./fake-http-client.ts";
import type { FakeSystem } from "./fake-system.ts";
import { madeUpSecret, madeUpToken } from "./sts-answers.ts";

const host = "sts.us-east-1.amazonaws.com";

/** A role's session in the partition `aws`, with no region chosen. */
export function fakeIdentity(system: FakeSystem, changed: Partial<Identity> = {}): Identity {
  return {
    credentials: { accessKeyId: "ASIAMADEUP", secretAccessKey: madeUpSecret, sessionToken: madeUpToken },
    kind: "role",
    principal: "arn:aws:sts::222222222222:assumed-role/Deploy/aws-login",
    region: undefined,
    shellRegion: () => undefined,
    http: fakeHttpClient(system),
    stsEndpoint: async () => ({ url: `https://${host}`, host, signingRegion: "us-east-1" }),
    signInEndpoint: () => undefined,
    partition: async () => partitionOfRegion("us-east-1"),
    ...changed,
  };
}
