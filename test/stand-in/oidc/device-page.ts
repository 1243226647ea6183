import { fieldValue, parseForm } from "../form.ts";
import type { Call, ServiceResponse } from "../service.ts";
import type { DeviceGrant } from "../world/sign-in.ts";
import type { World } from "../world/world.ts";
import { ALLOW_OR_DENY, page } from "./page.ts";

/** The page at `verificationUri`: asks for the code, or for the verdict when the address has the code in it. */
export function showDevice(call: Call, world: World): ServiceResponse {
  const userCode = fieldValue(parseForm(call.query), "user_code");
  if (userCode === undefined) {
    const form = {
      input: { name: "user_code", label: "Code" },
      buttons: [{ value: "next", label: "Next" }],
    };
    const text = ["Enter the code that your device shows."];
    return { reply: page({ status: 200, title: "Authorize a device", text, form }) };
  }
  const grant = pendingGrant(userCode, call, world);
  if (grant === undefined) return unknownCode();
  const text = [
    `Signed in as ${grant.instance.user} at ${grant.instance.startUrl}.`,
    `Does your device show the code ${grant.userCode}? Then you may let ${grant.client.name} act for you.`,
  ];
  const form = { action: call.path, hidden: { user_code: grant.userCode }, buttons: ALLOW_OR_DENY };
  return { reply: page({ status: 200, title: "Allow access?", text, form }) };
}

/** The person's verdict. */
export function answerDevice(call: Call, world: World): ServiceResponse {
  const fields = parseForm(Buffer.from(call.body).toString());
  const grant = pendingGrant(fieldValue(fields, "user_code") ?? "", call, world);
  if (grant === undefined) return unknownCode();
  const allowed = fieldValue(fields, "decision") === "allow";
  world.identityCenter.settleDevice(grant.userCode, allowed ? "approved" : "denied");
  const title = allowed ? "Request approved" : "Request denied";
  return {
    reply: page({ status: 200, title, text: ["You can close this window."] }),
    caller: grant.instance.user,
  };
}

/** A grant of the instance whose page was opened, while the person has not answered and it has not ended. */
function pendingGrant(userCode: string, call: Call, world: World): DeviceGrant | undefined {
  const grant = world.identityCenter.deviceGrant(userCode);
  if (grant?.state !== "pending" || grant.expires <= world.now()) return undefined;
  const isOfHost = call.host === undefined || new URL(grant.instance.startUrl).hostname === call.host.host;
  return isOfHost ? grant : undefined;
}

function unknownCode(): ServiceResponse {
  const text = ["The code is not known, has been used or has expired."];
  return { reply: page({ status: 400, title: "Cannot authorize the device", text }) };
}
