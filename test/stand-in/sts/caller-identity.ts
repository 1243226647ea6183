import type { Operation } from "./operation.ts";

/** Needs no permission: whoever signs rightly is told who they are. */
export const getCallerIdentity: Operation = {
  rules: [],
  issues: false,
  perform: ({ caller }) => ({
    result: [
      ["Arn", caller.arn],
      ["UserId", caller.userId],
      ["Account", caller.account],
    ],
  }),
};
