import { describe, expect, test } from "bun:test";
import { type EndpointPlan, openEndpoint } from "../../src/endpoint/endpoint.ts";
import { renewalRequest } from "../../src/endpoint/renewal-request.ts";
import { sha256Hex } from "../../src/lib/digest.ts";
import type { ServedRequest, ServedResponse } from "../../src/system/endpoint-types.ts";
import type { System } from "../../src/system/types.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem, noon } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { optionsOf } from "../support/options.ts";

const minute = 60_000;
const profile = (key: string) =>
  `[dev]\naws_access_key_id = ${key}\naws_secret_access_key = made-up\naws_session_token = made-up\n`;

const plan: EndpointPlan = {
  request: renewalRequest(optionsOf("runas", "--profile", "dev")),
  name: "dev",
  first: {
    credentials: { accessKeyId: "ASIAFIRST", secretAccessKey: "made-up", sessionToken: "made-up-token" },
    acquired: noon,
    expires: noon + 60 * minute,
  },
  renewal: "by-itself",
  listening: {},
};

/** An open endpoint, and a way to ask it without a network. */
async function open(instead: Partial<System> = {}) {
  let answer: ((request: ServedRequest) => Promise<ServedResponse>) | undefined;
  const memory = memoryFiles({ "/home/me/.aws/credentials": profile("ASIANEXT") });
  const told: string[][] = [];
  let secret = 0;
  const system = fakeSystem({
    env: { HOME: "/home/me" },
    instead: {
      ...memory,
      randomBytes: (length) => new Uint8Array(length).fill(++secret),
      // A request waits for the renewal, however long that takes.
      sleep: () => new Promise(() => {}),
      serveRequests: async (_, handler) => {
        answer = handler;
        return { port: 4100, stop: async () => void memory.log.push("stop") };
      },
      ...instead,
    },
  });
  const endpoint = await openEndpoint(plan, system, async (lines) => void told.push([...lines]));
  const { pathname } = new URL(endpoint.address.uri);
  const ask = async (changes: Partial<ServedRequest> & { headers?: Record<string, string> } = {}) => {
    const headers: Record<string, string> = {
      host: "127.0.0.1:4100",
      authorization: endpoint.address.token,
      ...changes.headers,
    };
    const request: ServedRequest = {
      method: "GET",
      target: pathname,
      header: (name) => headers[name],
      isOurs: async () => true,
      ...changes,
    };
    const response = await answer?.(request);
    return { status: response?.status, body: response?.body === "" ? "" : JSON.parse(response?.body ?? "") };
  };
  return { endpoint, ask, system, memory, told };
}

describe("openEndpoint()", () => {
  test("answers who knows path and token, each of 256 bits", async () => {
    const { endpoint, ask } = await open();
    expect(endpoint.address).toEqual({
      uri: `http://127.0.0.1:4100/${"01".repeat(32)}`,
      token: "02".repeat(32),
    });
    expect((await ask()).body).toMatchObject({ AccessKeyId: "ASIAFIRST" });
  });

  test("refuses another token, another user and a path of no identity, and says nothing", async () => {
    const { ask } = await open();
    const nothing = { status: 403, body: "" };
    expect(await ask({ headers: { authorization: "x" } })).toEqual(nothing);
    expect(await ask({ isOurs: async () => false })).toEqual(nothing);
    expect(await ask({ target: `/${"01".repeat(32)}/profile/dev` })).toEqual(nothing);
  });

  test("renews from the same profile", async () => {
    const { endpoint, ask, system } = await open();
    await system.advance(61 * minute);
    endpoint.renewWhenDue();
    expect((await ask()).body).toMatchObject({ AccessKeyId: "ASIANEXT" });
  });

  test("tells the person what is wrong, once the credentials have ended", async () => {
    const { ask, system, memory, told } = await open();
    memory.files.delete("/home/me/.aws/credentials");
    await system.advance(61 * minute);
    expect(await ask()).toMatchObject({ status: 401, body: { Code: "ExpiredToken" } });
    expect(told[0]?.[0]).toStartWith(
      "aws-login: error: cannot renew the credentials of dev: cannot use profile",
    );
    expect(told.length).toBe(1);
  });

  test("takes the copy of the config away when it closes", async () => {
    const keys = "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = made-up\n";
    const memory = memoryFiles({ "/home/me/.aws/credentials": keys });
    const { endpoint } = await open({ ...memory, processMark: async () => "begun" });
    const { profile: copy } = endpoint.address;
    expect(copy).toMatchObject({ name: "aws-login", because: "aws_access_key_id" });
    expect(memory.files.has(copy?.file ?? "")).toBe(true);
    await endpoint.close();
    expect(memory.files.has(copy?.file ?? "")).toBe(false);
  });

  test("reads profiles on when it began with the copy of another endpoint, and that one ends", async () => {
    const other = `/home/me/.aws-login/endpoints/config-7-${sha256Hex("begun 7").slice(0, 16)}`;
    const keys = "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = made-up\n";
    const config = profile("ASIANEXT").replace("[dev]", "[profile dev]");
    const memory = memoryFiles({ "/home/me/.aws/credentials": keys, [other]: config });
    const { ask, system } = await open({
      ...memory,
      env: { HOME: "/home/me", AWS_CONFIG_FILE: other },
      processMark: async (pid) => `begun ${pid}`,
    });
    memory.files.delete(other);
    await system.advance(61 * minute);
    expect((await ask()).body).toMatchObject({ AccessKeyId: "ASIANEXT" });
  });

  test("serves no more when it closes, and winds up", async () => {
    const log: string[] = [];
    const serveRequests = async () => ({ port: 4100, stop: async () => void log.push("stopped") });
    const { endpoint } = await open({ serveRequests, windUp: async () => void log.push("wound up") });
    await endpoint.close();
    expect(log).toEqual(["stopped", "wound up"]);
  });

  test("winds up although the copy of the config cannot be removed", async () => {
    const keys = "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = made-up\n";
    const log: string[] = [];
    const { endpoint } = await open({
      ...memoryFiles({ "/home/me/.aws/credentials": keys }),
      processMark: async () => "begun",
      removeFile: () => Promise.reject(Object.assign(new Error("no"), { code: "EROFS" })),
      windUp: async () => void log.push("wound up"),
    });
    expect((await failureOf(() => endpoint.close())).message).toStartWith(
      "cannot remove /home/me/.aws-login/",
    );
    expect(log).toEqual(["wound up"]);
  });

  test("says that the port is taken", async () => {
    const serveRequests = () => Promise.reject(Object.assign(new Error("no"), { code: "EADDRINUSE" }));
    const failure = await failureOf(() => open({ serveRequests }));
    expect(failure.message).toBe("cannot listen on 127.0.0.1:0: another program listens there");
    expect(failure.hints).toEqual(["choose another port with --port, or leave it out for a free one"]);
  });
});
