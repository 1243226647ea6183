import { pageReply } from "../http/reply.ts";
import type { Service } from "../service.ts";

/** The console itself: a page that says where one is. */
export const consolePages: Service = (call) => {
  return { reply: pageReply(200, `The console at ${call.host?.host ?? "no host"}${call.path}`) };
};
