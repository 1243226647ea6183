/** A real AWS CLI of version 2, where one is installed. */

/** Milliseconds: each run of it takes a second of CPU time, and a scenario has several. */
export const awsCliLimit = 120_000;

const usual = "/usr/bin/aws";

/** The one that `AWS_CLI_V2` names, else Debian's; undefined when there is none. */
export const awsCli: string | undefined = process.env.AWS_CLI_V2 || (isVersion2(usual) ? usual : undefined);

function isVersion2(path: string): boolean {
  try {
    const { stdout } = Bun.spawnSync([path, "--version"], { stderr: "ignore" });
    return stdout.toString().startsWith("aws-cli/2.");
  } catch {
    return false;
  }
}
