/** The compiled executable that every scenario runs. */
import { resolve } from "node:path";
import { buildIfStale } from "../../../scripts/project/executable.ts";
import { executable as built } from "../../../scripts/project/paths.ts";

/** The one that `AWS_LOGIN_EXECUTABLE` names, else `dist/aws-login`, built anew when a source is younger. */
export const executable = await locate();

async function locate(): Promise<string> {
  const named = process.env.AWS_LOGIN_EXECUTABLE;
  if (named) return resolve(named);
  await buildIfStale();
  return built;
}
