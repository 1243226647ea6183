import { describe, expect, test } from "bun:test";
import { container } from "./container/container.ts";
import { SAMPLE_ROLES, SAMPLE_WORLD } from "./sample-world.ts";
import { testClock } from "./support/clock.ts";
import type { ContainerPlan } from "./world/outside-plan.ts";
import { createWorld } from "./world/world.ts";

const plan: ContainerPlan = { role: SAMPLE_ROLES.machine, path: "/v2/credentials/task?x=1" };

function ask(
  changed: Partial<ContainerPlan>,
  call: { method?: string; target?: string; authorization?: string },
) {
  const world = createWorld({ ...SAMPLE_WORLD, container: { ...plan, ...changed } }, testClock().now, "test");
  const [path = "", query = ""] = (call.target ?? plan.path).split("?");
  const headers = call.authorization === undefined ? [] : ([["Authorization", call.authorization]] as const);
  const { reply, caller } = container(
    { method: call.method ?? "GET", path, query, headers, body: new Uint8Array(), host: undefined },
    world,
  );
  return { status: reply.status, text: Buffer.from(reply.body).toString(), caller, world };
}

describe("the agent of a container", () => {
  test("the agent of a container gives out its role's credentials", () => {
    const { status, text, caller, world } = ask({ accountId: true }, {});
    expect(status).toBe(200);
    const document: Record<string, string> = JSON.parse(text);
    expect(document).toMatchObject({ RoleArn: SAMPLE_ROLES.machine, AccountId: "111111111111" });
    expect(world.session(document.AccessKeyId ?? "")).toMatchObject({
      kind: "instance",
      arn: caller,
      sessionToken: document.Token,
    });
  });

  test("the agent of a container wants the token exactly as it is", () => {
    expect(ask({ authorization: "made-up" }, { authorization: "made-up" }).status).toBe(200);
    for (const authorization of [undefined, "Bearer made-up", "made-u"]) {
      const call = authorization === undefined ? {} : { authorization };
      expect(ask({ authorization: "made-up" }, call)).toMatchObject({ status: 401 });
    }
  });

  test("the agent of a container knows one path, query included, and one method", () => {
    expect(ask({}, { target: "/v2/credentials/other" }).text).toContain("InvalidIdInRequest");
    expect(ask({}, { target: "/v2/credentials/task" }).status).toBe(400);
    expect(ask({}, { method: "POST" }).status).toBe(405);
  });
});
