import { jsonReply } from "../http/reply.ts";
import { operationOf } from "../operations.ts";
import type { Call, Service, ServiceResponse } from "../service.ts";
import type { World } from "../world/world.ts";
import { answerAuthorize, authorize } from "./authorize.ts";
import { createToken } from "./create-token.ts";
import { startDeviceAuthorization } from "./device-authorization.ts";
import { answerDevice, showDevice } from "./device-page.ts";
import { readMembers } from "./json-body.ts";
import { oidcError, problem } from "./oidc-error.ts";
import type { Operation } from "./operation.ts";
import { registerClient } from "./register.ts";

/** SSO-OIDC: clients register and get tokens by JSON, persons agree on pages. Nothing is signed. */
export const oidc: Service = (call, world) => {
  switch (operationOf("oidc", call)) {
    case "RegisterClient":
      return perform(registerClient, call, world);
    case "StartDeviceAuthorization":
      return perform(startDeviceAuthorization, call, world);
    case "CreateToken":
      return perform(createToken, call, world);
    case "Authorize":
      return authorize(call, world);
    case "AnswerAuthorize":
      return answerAuthorize(call, world);
    // The page for devices is on the host of the start URL; without a host it is here.
    case "ShowDevice":
      return call.host === undefined ? showDevice(call, world) : unknown(world);
    case "AnswerDevice":
      return call.host === undefined ? answerDevice(call, world) : unknown(world);
    case undefined:
      return unknown(world);
  }
};

function perform(operation: Operation, call: Call, world: World): ServiceResponse {
  const requestId = world.keys.requestId();
  const members = readMembers(call, operation.shape);
  const outcome = "error" in members ? members : operation.perform(members, call, world);
  if ("error" in outcome) return { reply: oidcError(outcome, requestId) };
  return {
    reply: jsonReply(200, outcome.value),
    ...(outcome.user === undefined ? {} : { caller: outcome.user }),
  };
}

function unknown(world: World): ServiceResponse {
  const { headers, body } = oidcError(
    problem("invalid_request", "No such operation"),
    world.keys.requestId(),
  );
  return { reply: { status: 404, headers, body } };
}
