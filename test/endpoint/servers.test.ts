import { describe, expect, test } from "bun:test";
import type { EndpointOptions } from "../../src/endpoint/endpoint-options.ts";
import { openServers } from "../../src/endpoint/servers.ts";
import { Failure } from "../../src/lib/errors.ts";
import type { ServedAddress, ServedRequest, ServedResponse } from "../../src/system/endpoint-types.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem } from "../support/fake-system.ts";

async function open(listening: EndpointOptions, refuse?: string) {
  const log: string[] = [];
  const answers = new Map<string, (request: ServedRequest) => Promise<ServedResponse>>();
  let secret = 0;
  const system = fakeSystem({
    instead: {
      randomBytes: (length) => new Uint8Array(length).fill(++secret),
      serveRequests: async ({ hostname, port }: ServedAddress, answer) => {
        if (hostname === refuse) throw Object.assign(new Error("no"), { code: "EADDRINUSE" });
        answers.set(hostname, answer);
        return { port: port || 4100, stop: async () => void log.push(`stop ${hostname}`) };
      },
    },
  });
  const served = {
    current: async () => new Failure("failed", "made up"),
    renewWhenDue: () => {},
    settle: async () => {},
  };
  const identities = {
    own: served,
    at: (rest: string) => (rest === "" ? served : undefined),
    renewWhenDue: () => {},
    settle: async () => {},
  };
  const servers = openServers({ listening }, identities, system);
  const statusAt = async (
    hostname: string,
    method: string,
    target: string,
    headers: Record<string, string>,
  ) =>
    (
      await answers.get(hostname)?.({
        method,
        target,
        header: (name) => headers[name],
        isOurs: async () => true,
      })
    )?.status;
  return { servers, log, statusAt };
}

const token = { "x-aws-ec2-metadata-token-ttl-seconds": "60" };
const secrets = { host: "127.0.0.1:4100", authorization: "02".repeat(32) };
const path = `/${"01".repeat(32)}`;

describe("openServers()", () => {
  test("answers no metadata unless it is wanted", async () => {
    const { servers, statusAt } = await open({});
    expect((await servers).address).toEqual({ uri: `http://127.0.0.1:4100${path}`, token: "02".repeat(32) });
    expect(await statusAt("127.0.0.1", "PUT", "/latest/api/token", token)).toBe(403);
    expect(await statusAt("127.0.0.1", "GET", path, secrets)).toBe(503);
  });

  test("answers both at its own address with imds", async () => {
    const { servers, statusAt } = await open({ imds: true, port: 4200 });
    expect((await servers).address.metadata).toBe("http://127.0.0.1:4200");
    expect(await statusAt("127.0.0.1", "PUT", "/latest/api/token", token)).toBe(200);
    expect(await statusAt("127.0.0.1", "GET", path, { ...secrets, host: "127.0.0.1:4200" })).toBe(503);
  });

  test("answers metadata alone at the bound address, and none at its own", async () => {
    const { servers, statusAt, log } = await open({ imds: true, bind: "172.17.0.1", port: 4200 });
    const { address, close } = await servers;
    expect(address).toMatchObject({
      uri: `http://127.0.0.1:4100${path}`,
      metadata: "http://172.17.0.1:4200",
    });
    expect(await statusAt("172.17.0.1", "PUT", "/latest/api/token", token)).toBe(200);
    expect(await statusAt("172.17.0.1", "GET", path, { ...secrets, host: "172.17.0.1:4200" })).toBe(401);
    expect(await statusAt("127.0.0.1", "PUT", "/latest/api/token", token)).toBe(403);
    await close();
    expect(log.toSorted()).toEqual(["stop 127.0.0.1", "stop 172.17.0.1"]);
  });

  test("closes the one when the other cannot be opened", async () => {
    const { servers, log } = await open({ imds: true, bind: "fd00::1", port: 4200 }, "fd00::1");
    const failure = await failureOf(() => servers);
    expect(failure.message).toBe("cannot listen on fd00::1:4200: another program listens there");
    expect(log).toEqual(["stop 127.0.0.1"]);
  });
});
