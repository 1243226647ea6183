/** What both executables say of one mistake. */
import { expect } from "bun:test";
import type { Environment } from "../../support/run.ts";
import { masked } from "../../support/stderr-text.ts";
import type { WindowsScene } from "./windows-scene.ts";

/**
 * The command must fail with this status on Windows, with an empty stdout, and say what this machine's executable says
 * of the same in the same scene. Paths are compared as Unix has them. Answers what it says.
 */
export async function expectSameFailure(
  scene: WindowsScene,
  args: readonly string[],
  status: number,
  env: Environment = {},
): Promise<string> {
  const here = await scene.here.run(args, env);
  const ended = await scene.run(args, env);
  const stderr = masked(here.stderr);
  expect({ ...ended, stderr: masked(withUnixPaths(ended.stderr)) }).toEqual({ status, stdout: "", stderr });
  expect(stderr).toStartWith("aws-login: error: ");
  // No path has both separators.
  expect(ended.stderr).not.toMatch(/Z:\\\S*\//);
  return ended.stderr;
}

function withUnixPaths(text: string): string {
  return text.replaceAll("Z:\\", "/").replaceAll("\\", "/");
}
