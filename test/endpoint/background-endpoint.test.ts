import { describe, expect, test } from "bun:test";
import { type Followed, handOver, runInBackground } from "../../src/endpoint/background-endpoint.ts";
import type { EndpointPlan } from "../../src/endpoint/endpoint.ts";
import { renewalRequest } from "../../src/endpoint/renewal-request.ts";
import { Failure } from "../../src/lib/errors.ts";
import type { System } from "../../src/system/types.ts";
import { failureOf } from "../support/failure.ts";
import { fakeSystem, noon } from "../support/fake-system.ts";
import { memoryFiles } from "../support/memory-files.ts";
import { optionsOf } from "../support/options.ts";

const plan: EndpointPlan = {
  request: renewalRequest(optionsOf("runas", "--profile", "dev")),
  name: "dev",
  first: {
    credentials: { accessKeyId: "ASIAFIRST", secretAccessKey: "made-up", sessionToken: "made-up-token" },
    acquired: noon,
    expires: noon + 3_600_000,
  },
  renewal: "by-itself",
  listening: {},
};
const program: Followed = { kind: "program", pid: 12, mark: "begun" };
const address = { uri: "http://127.0.0.1:4100/x", token: "t" };

describe("handOver()", () => {
  const copyThatSays = (line: string | undefined, given: string[] = []) => ({
    give: async (text: string) => void given.push(text),
    firstLine: async () => line,
  });

  test("gives plan, environment and the process to follow, and resolves to the address", async () => {
    const given: string[] = [];
    const copy = copyThatSays(JSON.stringify({ kind: "serving", address, pid: 99 }), given);
    expect(await handOver(copy, plan, program, { A: "1" })).toMatchObject({ address, pid: 99 });
    expect(JSON.parse(given.join())).toEqual({ plan, env: { A: "1" }, followed: program });
  });

  test("throws the Failure of the copy, and one for a copy that ends, before it read or after", async () => {
    const reply = { kind: "failed", failure: "usage", message: "no port", hints: ["take another"] };
    const failure = await failureOf(() => handOver(copyThatSays(JSON.stringify(reply)), plan, program, {}));
    expect(failure).toMatchObject({ kind: "usage", message: "no port", hints: ["take another"] });
    const ended = await failureOf(() => handOver(copyThatSays(undefined), plan, program, {}));
    expect(ended.message).toContain("ended at once");
    const give = () => Promise.reject(Object.assign(new Error("broken pipe"), { code: "EPIPE" }));
    const early = await failureOf(() => handOver({ ...copyThatSays(undefined), give }, plan, program, {}));
    expect(early.message).toContain("ended at once");
  });
});

/** Runs the copy with what it is handed; `while` says for each look whether program and pipe are there. */
async function background(
  looks: { readonly mark: string | undefined; readonly isPipeOpen: boolean }[],
  more: {
    readonly followed?: Followed;
    readonly instead?: Partial<System>;
    readonly text?: string | undefined;
  } = {},
) {
  let look = 0;
  const log: string[] = [];
  const current = () => looks[Math.min(look, looks.length - 1)];
  const task = { plan, env: { HOME: "/home/me" }, followed: more.followed ?? program };
  const system = fakeSystem({
    instead: {
      ...memoryFiles(),
      randomBytes: (length) => new Uint8Array(length),
      serveRequests: async () => ({ port: 4100, stop: async () => void log.push("stop") }),
      receiveHandover: async () => ({
        text: "text" in more ? more.text : `${JSON.stringify(task)}\n`,
        isPipeOpen: () => current()?.isPipeOpen ?? false,
      }),
      processMark: async () => current()?.mark,
      closeStdout: async () => void log.push("closed stdout"),
      sleep: async () => void look++,
      ...more.instead,
    },
  });
  const status = await runInBackground(system);
  return { status, looks: look, log, system };
}

describe("runInBackground()", () => {
  test("answers with the address and serves until program and pipe are gone", async () => {
    const ended = await background([
      { mark: "begun", isPipeOpen: true },
      { mark: undefined, isPipeOpen: true },
      { mark: "begun", isPipeOpen: false },
      { mark: "another of the same id", isPipeOpen: false },
    ]);
    expect(ended).toMatchObject({ status: 0, looks: 3, log: ["closed stdout", "stop"] });
    const [line = ""] = ended.system.stdoutTexts;
    expect(JSON.parse(line)).toMatchObject({ kind: "serving", pid: 4711 });
    expect(JSON.parse(line).address.uri).toBe(`http://127.0.0.1:4100/${"00".repeat(32)}`);
  });

  test("follows a shell by its process alone", async () => {
    const gone = { mark: undefined, isPipeOpen: true };
    const followed: Followed = { ...program, kind: "shell" };
    const ended = await background([{ mark: "begun", isPipeOpen: true }, gone], { followed });
    expect(ended.looks).toBe(1);
  });

  test("ends with a shell that had ended before it was looked at", async () => {
    const shell = { kind: "shell", pid: 12 } as Followed;
    const ended = await background([{ mark: undefined, isPipeOpen: false }], {
      followed: shell,
      instead: { sleep: async () => Promise.reject(new Error("it goes on")) },
    });
    expect(ended).toMatchObject({ status: 0, log: ["closed stdout", "stop"] });
  });

  test("outlives a process until a signal ends it", async () => {
    let looks = 0;
    const endingSignal = async () => {
      while (looks < 3) await Promise.resolve();
      return "SIGTERM" as const;
    };
    const instead = { endingSignal, sleep: async () => void looks++ };
    const followed: Followed = { ...program, kind: "outlived" };
    const ended = await background([{ mark: undefined, isPipeOpen: false }], { followed, instead });
    expect([ended.status, looks >= 3]).toEqual([0, true]);
  });

  test("ends at a signal", async () => {
    const endingSignal = async () => "SIGTERM" as const;
    const ended = await background([{ mark: "begun", isPipeOpen: true }], { instead: { endingSignal } });
    expect(ended).toMatchObject({ status: 0, log: ["closed stdout", "stop"] });
  });

  test("ends when the process that started it ended first", async () => {
    for (const text of [undefined, "", '{"plan":{']) expect((await background([], { text })).status).toBe(1);
  });

  test("takes the endpoint down when the address can no longer be told", async () => {
    const log: string[] = [];
    const stdout = () => Promise.reject(new Failure("unread", "gone"));
    const serveRequests = async () => ({ port: 4100, stop: async () => void log.push("stop") });
    await failureOf(() => background([], { instead: { stdout, serveRequests } }));
    expect(log).toEqual(["stop"]);
  });

  test("answers with the Failure when it cannot serve", async () => {
    const serveRequests = () => Promise.reject(Object.assign(new Error("no"), { code: "EADDRINUSE" }));
    const ended = await background([], { instead: { serveRequests } });
    expect(ended.status).toBe(1);
    expect(JSON.parse(ended.system.stdoutTexts.join())).toMatchObject({ kind: "failed", failure: "failed" });
  });
});
