/** A copy of this program that goes on in the background: how it is started, and what it is handed. */
import { closeSync, fstatSync, writeSync } from "node:fs";
import { errorCode } from "../../lib/errors.ts";
import type { BackgroundCopy, BackgroundStart, Handover } from "../endpoint-types.ts";
import type { Environment } from "../types.ts";
import { inheritablePipe } from "./inheritable-pipe.ts";
import { inheritedEnvironment } from "./inherited-environment.ts";

/** The descriptors in the copy: the pipe of the program that is followed, and what is handed over. */
const pipeDescriptor = 3;
const handoverDescriptor = 4;

/**
 * The shell between ends at once, so that the copy is no child of the program that takes this process's place: that
 * program may wait for all its children.
 */
const shellText = '"$@" &';

/** See `System.startInBackground`. The session is a new one, so that no key and no hang-up of the terminal reaches the copy. */
export async function startInBackground(
  { word, follows }: BackgroundStart,
  env: Environment,
): Promise<BackgroundCopy> {
  const pipe = follows === "program" ? inheritablePipe() : undefined;
  const between = Bun.spawn(["/bin/sh", "-c", shellText, "sh", process.execPath, word], {
    env: withoutSecrets(env),
    detached: true,
    // Without a pipe the copy reads an end at once, and goes by the program alone. The runtime closes a stdin when the
    // shell has ended, but not a descriptor beyond stderr.
    stdio: ["ignore", "pipe", keptStderr(), pipe?.readEnd ?? "ignore", "pipe"],
  });
  if (pipe !== undefined) closeSync(pipe.readEnd);
  const handover = between.stdio[handoverDescriptor];
  if (typeof handover !== "number") throw new Error("there is no descriptor to hand over by");
  return {
    give: async (text) => {
      await between.exited;
      await writeAll(handover, text);
      closeSync(handover);
    },
    firstLine: () => firstLine(between.stdout),
  };
}

/** The descriptor does not block: where the copy has not read yet, the rest waits. */
async function writeAll(descriptor: number, text: string): Promise<void> {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      if (errorCode(error) !== "EAGAIN") throw error;
      await Bun.sleep(1);
    }
  }
}

/** A file may stay open. Everything else, a pipe above all, would keep its reader waiting for the end of the copy. */
function keptStderr(): "inherit" | "ignore" {
  try {
    return fstatSync(2).isFile() ? "inherit" : "ignore";
  } catch {
    return "ignore";
  }
}

/** What steers the runtime counts for the copy too: additional certificates, say. */
function withoutSecrets(env: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  const plain = inheritedEnvironment(env, process.platform);
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && (name in plain || isSteering(name))) kept[name] = value;
  }
  return kept;
}

function isSteering(name: string): boolean {
  return /^(?:BUN|NODE|LD|DYLD)_/.test(name);
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let text = "";
  for (;;) {
    const end = text.indexOf("\n");
    if (end >= 0) {
      await reader.cancel();
      return text.slice(0, end);
    }
    const { done, value } = await reader.read();
    if (done) return undefined;
    text += decoder.decode(value, { stream: true });
  }
}

/** See `System.receiveHandover`. */
export async function receiveHandover(): Promise<Handover> {
  let isOpen = true;
  const ended = () => {
    isOpen = false;
  };
  endOf(Bun.file(pipeDescriptor).stream()).then(ended, ended);
  const text = await Bun.file(handoverDescriptor).text();
  return { text: text === "" ? undefined : text, isPipeOpen: () => isOpen };
}

async function endOf(stream: ReadableStream<Uint8Array>): Promise<void> {
  const reader = stream.getReader();
  while (!(await reader.read()).done);
}
