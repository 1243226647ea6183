import { describe, expect, test } from "bun:test";
import type { Header } from "./http/message.ts";
import { s3 } from "./s3/s3.ts";
import { SAMPLE_WORLD } from "./sample-world.ts";
import { testClock } from "./support/clock.ts";
import { createWorld } from "./world/world.ts";

const host = { host: "s3.eu-west-1.amazonaws.com", service: "s3", partition: "aws" } as const;

function ask(method: string, path: string, headers: readonly Header[] = []) {
  const world = createWorld(SAMPLE_WORLD, testClock().now, "test");
  const call = { method, path, query: "", headers, body: new Uint8Array(), host };
  const { status, body } = s3(call, world).reply;
  return [status, /<Code>(\w+)/.exec(String(body))?.[1]];
}

describe("S3", () => {
  test("S3 refuses a request without a signature", () => {
    expect(ask("GET", "/")).toEqual([403, "MissingAuthenticationToken"]);
  });

  test("S3 refuses a signature that is none", () => {
    expect(ask("GET", "/", [["Authorization", "AWS4-HMAC-SHA256 made-up"]])).toEqual([
      403,
      "IncompleteSignature",
    ]);
  });

  test("S3 lists buckets, and does nothing else", () => {
    expect(ask("PUT", "/")).toEqual([404, "NoSuchKey"]);
    expect(ask("GET", "/bucket/key")).toEqual([404, "NoSuchKey"]);
  });
});
