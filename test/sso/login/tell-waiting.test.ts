import { expect, test } from "bun:test";
import { tellWaiting } from "../../../src/sso/login/tell-waiting.ts";

test("tellWaiting() tells the person where one may sign in, and else the trace alone", () => {
  const said: string[] = [];
  const traced: string[] = [];
  const told = {
    system: { stderr: (line: string) => void said.push(line) },
    trace: (line: string) => void traced.push(line),
  };
  tellWaiting("never", told, "signs in to X");
  expect([said, traced]).toEqual([[], ["waiting for another aws-login that signs in to X"]]);
  for (const signIn of ["auto", "always"] as const) tellWaiting(signIn, told, "signs in to X");
  expect(traced).toHaveLength(1);
  expect(said).toHaveLength(2);
  expect(said[0]).toMatch(
    /^aws-login: waiting for another aws-login that signs in to X; .*finish the sign-in/,
  );
});
