/** Reading what a rest-json service says when it refuses, and telling it from what something else says in its place. */
import { Failure, type ServiceAnswer } from "../../errors.ts";
import { printable } from "../../printable.ts";
import type { HttpAnswer } from "./exchange.ts";

/** Longer texts are cut: what a person needs stands at the front. */
const longestMessage = 300;

/**
 * The Failure for an answer whose status is not 200. Its message is `Code: the service's message`. Its `answer` is
 * always set, with the code `HTTP status` where the body was written by something else than the service, so that
 * callers can go by the status alone. `secrets` are taken out of the message wherever they stand.
 */
export function readJsonError(action: string, answer: HttpAnswer, secrets: readonly string[]): Failure {
  const body = jsonObject(answer.body);
  const code = errorCode(answer.headers.get("x-amzn-errortype") ?? undefined, body);
  const requestId = answer.headers.get("x-amzn-requestid") ?? undefined;
  if (code === undefined) return unreadable(action, answer, requestId);
  const said = body?.message ?? body?.Message ?? body?.error_description;
  const message = presentable(typeof said === "string" ? said : "", secrets);
  return new Failure("failed", message === "" ? code : `${code}: ${message}`, {
    answer: { code, message, status: answer.status, ...(requestId ? { requestId } : {}) },
  });
}

/** The Failure for an answer of status 200 that is not the service's. Nothing of the body is repeated. */
export function unreadableAnswer(action: string, answer: HttpAnswer): Failure {
  return new Failure("failed", `the answer to ${action} (${described(answer)}) is no JSON object`, {
    hints: [
      "something between here and AWS may have answered: a captive portal, a proxy, or a wrong endpoint URL",
    ],
  });
}

/**
 * The code of an error in the order of the rest-json protocol: the header, then `code`, `Code` and `__type` of the
 * body; last the `error` of OAuth. What follows a colon, and what stands before a number sign, is not part of it.
 */
export function errorCode(
  header: string | undefined,
  body: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  for (const found of [header, body?.code, body?.Code, body?.__type, body?.error]) {
    if (typeof found !== "string") continue;
    const code = (found.split(":", 1)[0] ?? "").replace(/^.*#/, "").trim();
    if (/^[A-Za-z0-9_.-]{1,100}$/.test(code)) return code;
  }
  return undefined;
}

/** The text as a JSON object, or undefined when it is none. The parser's own error would quote the text. */
export function jsonObject(text: string): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(action: string, answer: HttpAnswer, requestId: string | undefined): Failure {
  return new Failure("failed", `the answer to ${action} (${described(answer)}) names no error of AWS's`, {
    answer: {
      code: codeOfStatus(answer.status),
      message: "",
      status: answer.status,
      ...(requestId ? { requestId } : {}),
    },
    hints: [
      "something between here and AWS may have answered: a captive portal, a proxy, or a wrong endpoint URL",
    ],
  });
}

/** Whether the service wrote the answer, and not something on the way to it. */
export function isServicesOwn({ code, status }: ServiceAnswer): boolean {
  return code !== codeOfStatus(status);
}

/** Has a blank, as no code of a service does. */
function codeOfStatus(status: number): string {
  return `HTTP ${status}`;
}

function described(answer: HttpAnswer): string {
  const type = /^[a-z]+\/[a-z0-9.+-]{1,40}/i.exec(answer.headers.get("content-type") ?? "")?.[0];
  return `status ${answer.status}, ${type ?? "no content type"}, ${answer.body.length} characters`;
}

function presentable(message: string, secrets: readonly string[]): string {
  let text = message;
  for (const secret of secrets) {
    if (secret !== "") text = text.replaceAll(secret, "(a secret, left out)");
  }
  // Such a message also stands in the lines of --verbose, which nobody looks over again.
  text = printable(text.replace(/\s+/g, " ").trim());
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
