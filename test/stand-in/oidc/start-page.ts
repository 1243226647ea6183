import { operationOf } from "../operations.ts";
import type { Service } from "../service.ts";
import { answerDevice, showDevice } from "./device-page.ts";
import { page } from "./page.ts";

/** The host of a start URL: the access portal itself, which has nothing to show, and the page for devices. */
export const startPage: Service = (call, world) => {
  switch (operationOf("start-page", call)) {
    case "ShowStart":
      return {
        reply: page({ status: 200, title: "AWS access portal", text: [`This is ${call.host?.host}.`] }),
      };
    case "ShowDevice":
      return showDevice(call, world);
    case "AnswerDevice":
      return answerDevice(call, world);
    case undefined:
      return { reply: page({ status: 404, title: "Not found", text: ["There is no such page."] }) };
  }
};
