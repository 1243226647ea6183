import { describe, expect, test } from "bun:test";
import { watchConnection } from "../../../src/aws/http/connection-timeout.ts";
import { type FakeSetup, fakeSystem } from "../../support/fake-system.ts";

function watched(connecting?: FakeSetup["connecting"], url = "https://sts.example/") {
  const system = fakeSystem(connecting === undefined ? {} : { connecting });
  return { system, watch: watchConnection(system, new URL(url)) };
}

describe("watchConnection()", () => {
  test("asks nobody within the first two and a half seconds", async () => {
    const { system, watch } = watched();
    await system.advance(2_499);
    expect(system.connections).toEqual([]);
    watch.end();
  });

  test("gives up after 5 seconds when a connection of its own does not stand either", async () => {
    const { system, watch } = watched("never");
    await system.advance(4_999);
    expect([watch.signal.aborted, watch.stopped()]).toEqual([false, undefined]);
    await system.advance(1);
    expect([watch.signal.aborted, watch.stopped()]).toEqual([true, "connecting"]);
  });

  test("takes a refusal for no connection", async () => {
    const { system, watch } = watched(new Error("ECONNREFUSED"));
    await system.advance(5_000);
    expect(watch.stopped()).toBe("connecting");
  });

  test("gives up after 30 seconds when there is a connection and no answer", async () => {
    const { system, watch } = watched("made");
    await system.advance(29_999);
    expect(watch.stopped()).toBeUndefined();
    await system.advance(1);
    expect([watch.signal.aborted, watch.stopped()]).toEqual([true, "answering"]);
  });

  test("keeps the first reason", async () => {
    const { system, watch } = watched("never");
    await system.advance(60_000);
    expect(watch.stopped()).toBe("connecting");
  });

  test("asks nobody when it is told that an answer has begun, and still ends after 30 seconds", async () => {
    const { system, watch } = watched();
    watch.connected();
    await system.advance(29_999);
    expect(system.connections).toEqual([]);
    await system.advance(1);
    expect(watch.stopped()).toBe("answering");
  });

  test("believes an answer that began while its own connection hung", async () => {
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
