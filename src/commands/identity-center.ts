/** The commands that sign in to Identity Center, which this version does not have. */
import { Failure } from "../errors.ts";

export function run(command: string): never {
  throw new Failure("failed", `cannot ${command}: this version of aws-login has no Identity Center`, {
    hints: ["sign in with the AWS CLI and use its credentials: aws configure export-credentials"],
  });
}
