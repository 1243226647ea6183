/** Reads the two AWS files. */
import { Failure, reasonOf } from "../lib/errors.ts";
import type { Environment, System } from "../system/types.ts";
import { type IniFile, parseIni } from "./ini.ts";
import { type FileChoice, homeDirectory, sharedFilePaths } from "./paths.ts";
import { type SharedConfig, sharedConfig } from "./profiles.ts";

/** Bytes. A hundred thousand profiles take a fifth of it. */
export const longestConfig = 64 * 1024 * 1024;

/**
 * Reads both files. A file that does not exist is empty; one that exists and cannot be read is a Failure that
 * names it, because without it the run could use another identity.
 */
export async function loadSharedConfig(
  system: Pick<System, "env" | "readText" | "home">,
): Promise<SharedConfig> {
  const paths = sharedFilePaths(system.env, await homeDirectory(system));
  const [config, credentials] = await Promise.all([
    readIni(paths.config, "config", system),
    readIni(paths.credentials, "credentials", system),
  ]);
  return sharedConfig({ config, credentials });
}

/**
 * The same at a tenth of the cost, through memory maps: a file that another program shortens in the same tenth of a
 * millisecond ends this process. Undefined where `readMapped` cannot tell the text of both files; `loadSharedConfig()`
 * then reads them, or says why that fails.
 */
export function mappedSharedConfig(
  env: Environment,
  home: string,
  { readMapped }: Pick<System, "readMapped">,
): SharedConfig | undefined {
  const { config, credentials } = sharedFilePaths(env, home);
  if (config.path === undefined || credentials.path === undefined) return undefined;
  const configText = readMapped(config.path);
  const credentialsText = configText === undefined ? undefined : readMapped(credentials.path);
  if (configText === undefined || credentialsText === undefined) return undefined;
  return sharedConfig({
    config: parseIni(configText, config.path),
    credentials: parseIni(credentialsText, credentials.path),
  });
}

async function readIni(
  choice: FileChoice,
  role: "config" | "credentials",
  system: Pick<System, "readText">,
): Promise<IniFile> {
  const { path, variable } = choice;
  if (path === undefined) {
    const why = variable === undefined ? "the home directory is unknown" : `${variable} is empty`;
    return parseIni("", `(no ${role} file: ${why})`);
  }
  try {
    return parseIni((await system.readText(path, longestConfig)) ?? "", path);
  } catch (error) {
    const reason = reasonOf(error);
    throw new Failure("failed", `cannot read the ${role} file ${path}: ${reason}`, {
      hints: [
        variable === undefined
          ? `make ${path} readable for you`
          : `correct ${variable}, which names this file`,
      ],
      cause: error,
    });
  }
}
