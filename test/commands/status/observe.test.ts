import { expect, test } from "bun:test";
import { observe } from "../../../src/commands/status/observe.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";

test("observe() notes each response and the clock of a server", async () => {
  const real = fakeSystem();
  real.expect(
    "GET",
    "https://a.example/",
    new Response("", { headers: { date: new Date(noon + 600_000).toUTCString() } }),
  );
  real.expect("PUT", "http://b.example/", new Error("refused"));
  const seen = observe(real, { verbose: false });
  expect(seen.clockOffset()).toBeUndefined();
  await seen.system.fetch("https://a.example/", { method: "GET", headers: {} });
  await seen.system.fetch("http://b.example/", { method: "PUT", headers: {} }).catch(() => {});
  expect(seen.clockOffset()).toBe(600_000);
  expect(seen.responses).toEqual([
    { method: "GET", url: "https://a.example/", status: 200, timedOut: false },
    { method: "PUT", url: "http://b.example/", status: undefined, timedOut: false },
  ]);
});

test("observe() lets nothing be written and asks no person", async () => {
  const seen = observe(fakeSystem(), { verbose: false });
  expect(await seen.system.promptSecret("code?")).toBeUndefined();
  expect(seen.wantedToWrite()).toBe(false);
  expect((await failureOf(() => seen.system.replaceFile("/f", ""))).message).toBe(
    "cannot renew: status changes nothing",
  );
  expect(seen.wantedToWrite()).toBe(true);
});

test("observe() passes lines on to stderr where they are asked for", () => {
  for (const verbose of [false, true]) {
    const real = fakeSystem();
    observe(real, { verbose }).system.stderr("aws-login: region: eu-west-1");
    expect(real.stderrLines).toEqual(verbose ? ["aws-login: region: eu-west-1"] : []);
  }
});
