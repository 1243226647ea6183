import { headerValue } from "../http/message.ts";
import type { Call } from "../service.ts";
import type { Instance } from "../world/instance-directory.ts";
import { DEVICE_CODE, mayUse, readClient } from "./clients.ts";
import { problem } from "./oidc-error.ts";
import type { Operation } from "./operation.ts";

/** StartDeviceAuthorization. A start URL of another region is as wrong as one that does not exist. */
export const startDeviceAuthorization: Operation = {
  shape: { clientId: "text", clientSecret: "text", startUrl: "text" },
  perform(members, call, world) {
    const client = readClient(members, call, world);
    if ("error" in client) return client;
    if (!mayUse(client, DEVICE_CODE))
      return problem("unauthorized_client", "The client is not registered for this grant");
    const { identityCenter, keys } = world;
    const instance = identityCenter.instance(members.text("startUrl"));
    if (instance === undefined || (call.host !== undefined && call.host.region !== instance.region))
      return problem("invalid_request", "The start URL is not one of this region");

    const { autoApprove, deviceCodeLife, interval } = identityCenter.settings;
    const [deviceCode, userCode] = [keys.deviceCode(), keys.userCode()];
    identityCenter.deviceGrants.set(deviceCode, {
      client,
      instance,
      userCode,
      expires: world.now() + deviceCodeLife * 1000,
      state: autoApprove ? "approved" : "pending",
      interval: (interval ?? 0) * 1000,
      lastPoll: undefined,
      early: 0,
    });
    const verificationUri = devicePage(instance, call);
    return {
      value: {
        deviceCode,
        userCode,
        verificationUri,
        verificationUriComplete: `${verificationUri}?user_code=${userCode}`,
        expiresIn: deviceCodeLife,
        ...(interval === null ? {} : { interval }),
      },
    };
  },
};

/** On the start URL's host; or, for a client that came to the service's own port, there, where it can be reached. */
function devicePage(instance: Instance, call: Call): string {
  if (call.host !== undefined) return `${instance.startUrl}/device`;
  return `http://${headerValue(call.headers, "host")}/device`;
}
