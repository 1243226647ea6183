import type { Operation } from "./operation.ts";

/** Needs no permission: every caller with a valid signature gets a response. */
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
