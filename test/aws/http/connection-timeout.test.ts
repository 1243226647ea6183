import { describe, expect, test } from "bun:test";
import { watchConnection } from "../../../src/aws/http/connection-timeout.ts";
import { type FakeSetup, fakeSystem } from "../../support/fake-system.ts";

function watched(connecting?: FakeSetup["connecting"], url = "https://sts.example/") {
  const system = fakeSystem(connecting === undefined ? {} : { connecting });
  return { system, watch: watchConnection(system, new URL(url)) };
}

describe("watchConnection()", () => {
  test("makes no connection of its own within the first two and a half seconds", async () => {
    const { system, watch } = watched();
    await system.advance(2_499);
    expect(system.connections).toEqual([]);
    watch.end();
  });

  test("ends the attempt after 5 seconds when its own connection is not made either", async () => {
    const { system, watch } = watched("never");
    await system.advance(4_999);
    expect([watch.signal.aborted, watch.stopped()]).toEqual([false, undefined]);
    await system.advance(1);
    expect([watch.signal.aborted, watch.stopped()]).toEqual([true, "connecting"]);
  });

  test("counts a refused connection as none", async () => {
    const { system, watch } = watched(new Error("ECONNREFUSED"));
    await system.advance(5_000);
    expect(watch.stopped()).toBe("connecting");
  });

  test("ends the attempt after 30 seconds when there is a connection and no response", async () => {
    const { system, watch } = watched("made");
    await system.advance(29_999);
    expect(watch.stopped()).toBeUndefined();
    await system.advance(1);
    expect([watch.signal.aborted, watch.stopped()]).toEqual([true, "responding"]);
  });

  test("keeps the first reason", async () => {
    const { system, watch } = watched("never");
    await system.advance(60_000);
    expect(watch.stopped()).toBe("connecting");
  });

  test("makes no connection of its own once the response has begun, and still ends after 30 seconds", async () => {
    const { system, watch } = watched();
    watch.connected();
    await system.advance(29_999);
    expect(system.connections).toEqual([]);
    await system.advance(1);
    expect(watch.stopped()).toBe("responding");
  });

  test("goes by a response that began while its own connection was not made yet", async () => {
    const { system, watch } = watched("never");
    await system.advance(3_000);
    watch.connected();
    await system.advance(10_000);
    expect(watch.stopped()).toBeUndefined();
    watch.end();
  });

  test("does nothing after its end", async () => {
    const { system, watch } = watched("never");
    await system.advance(4_000);
    watch.end();
    await system.advance(60_000);
    expect([watch.signal.aborted, watch.stopped()]).toEqual([false, undefined]);
  });

  const addresses: Record<string, string> = {
    "https://sts.example/": "sts.example 443",
    "http://sts.example/": "sts.example 80",
    "https://sts.example:8443/path/": "sts.example 8443",
    "http://[2001:db8::7]:81/": "2001:db8::7 81",
  };
  test.each(Object.entries(addresses))("connects to the address of %s", async (url, address) => {
    const { system } = watched("never", url);
    await system.advance(5_000);
    expect(system.connections).toEqual([address]);
  });
});
