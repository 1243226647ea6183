import type { Operation } from "./operation.ts";

/** Needs no permission: every caller with a valid signature gets an answer. */
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
