/** The same work by what people use otherwise, where it is installed: who the caller is, asked over TLS. */
import type { StandIn } from "../project/stand-in.ts";
import { identityEnvironment } from "./cases.ts";
import type { Executables } from "./executables.ts";
import type { Program } from "./measure.ts";

export interface OtherTool {
  readonly title: string;
  readonly theirs: Program;
  readonly ours: Program;
}

const askWithBotocore =
  'import botocore.session as s; print(s.get_session().create_client("sts", region_name="us-east-1").get_caller_identity()["Arn"])';

/** AWS CLI version 2 and botocore, as far as they are here. */
export function otherTools(executables: Executables, standIn: StandIn): OtherTool[] {
  const env = {
    ...identityEnvironment(standIn),
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const ours = { argv: [executables.program, "getcallerid"], env };
  const cli = process.env.AWS_CLI_V2 ?? "/usr/bin/aws";
  const tools: OtherTool[] = [];
  if (says([cli, "--version"]).startsWith("aws-cli/2")) {
    tools.push({
      title: "AWS CLI 2, get-caller-identity",
      theirs: { argv: [cli, "sts", "get-caller-identity"], env },
      ours,
    });
  }
  if (says(["python3", "-c", "import botocore; print(botocore.__version__)"]) !== "") {
    tools.push({
      title: "botocore, get_caller_identity",
      theirs: { argv: ["python3", "-c", askWithBotocore], env },
      ours,
    });
  }
  return tools;
}

/** What the command prints; nothing when it is not installed or fails. */
function says(argv: string[]): string {
  try {
    const { success, stdout } = Bun.spawnSync(argv, { stderr: "ignore" });
    return success ? stdout.toString() : "";
  } catch {
    return ""; // Not installed.
  }
}
