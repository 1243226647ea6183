import { controlIdentityCenter } from "./control-identity-center.ts";
import type { Effect, Fault } from "./faults.ts";
import { fieldValue, parseForm } from "./form.ts";
import type { HttpRequest } from "./http/message.ts";
import { jsonReply, type Reply } from "./http/reply.ts";
import type { StandIn } from "./stand-in.ts";
import type { InstancePlan } from "./world/plan.ts";

/**
 * The stand-in for other processes, in JSON.
 * - `GET /records`: `{requests, tunnels, connections}`
 * - `GET /mfa?serial=…`: `{code}`, the code that the device shows now
 * - `POST /reset`: forgets records and faults, sets the clock right
 * - `POST /faults`: one fault or a list of them
 * - `POST /clock`: `{milliseconds}`, moves the servers' clock
 * - `POST /instance`: the machine that instance metadata describes, or null
 * - below `/identity-center`: see `controlIdentityCenter`
 */
export function control(request: HttpRequest, standIn: StandIn): Reply {
  const [path = "", query = ""] = request.target.split("?");
  if (request.method === "GET" && path === "/records") {
    const { requests, tunnels, connections } = standIn;
    return jsonReply(200, { requests, tunnels, connections });
  }
  if (request.method === "GET" && path === "/mfa") {
    const code = standIn.world.mfaCode(fieldValue(parseForm(query), "serial") ?? "");
    return code === undefined ? problem("no such device") : jsonReply(200, { code });
  }
  const value = parseJson(Buffer.from(request.body).toString());
  const answer = controlIdentityCenter(request, value, standIn);
  if (answer !== undefined) return answer;
  if (request.method !== "POST") return problem("no such request");
  switch (path) {
    case "/reset":
      standIn.reset();
      return jsonReply(200, {});
    case "/faults": {
      const faults: readonly unknown[] = Array.isArray(value) ? value : [value];
      if (!faults.every(isFault)) return problem("not a fault");
      for (const fault of faults) standIn.fault(fault);
      return jsonReply(200, {});
    }
    case "/clock":
      if (!isObject(value) || typeof value.milliseconds !== "number")
        return problem("milliseconds is not a number");
      standIn.moveClock(value.milliseconds);
      return jsonReply(200, { now: standIn.world.now() });
    case "/instance":
      if (value !== null && !isInstance(value)) return problem("an instance needs a region");
      standIn.world.instance = value ?? undefined;
      return jsonReply(200, {});
    default:
      return problem("no such request");
  }
}

function problem(text: string): Reply {
  return jsonReply(400, { problem: text });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isInstance(value: unknown): value is InstancePlan {
  return isObject(value) && typeof value.region === "string";
}

const FAULT_MEMBERS: readonly (keyof Fault)[] = ["match", "times", "after", "delay", "effect"];
const EFFECTS: readonly Effect["kind"][] = [
  "response",
  "captive-portal",
  "cut",
  "date",
  "garbled",
  "huge",
  "invalid-json",
  "packed",
  "redirect",
  "refusal",
  "relabelled",
  "status",
  "throttle",
  "truncated-xml",
];

/** Catches misspelt names; the values inside an effect are the sender's business. */
function isFault(value: unknown): value is Fault {
  if (!isObject(value)) return false;
  const members: readonly string[] = FAULT_MEMBERS;
  const effects: readonly unknown[] = EFFECTS;
  const { effect } = value;
  return (
    Object.keys(value).every((name) => members.includes(name)) &&
    (effect === undefined || (isObject(effect) && effects.includes(effect.kind)))
  );
}
