/** Reading what STS says when it refuses, and telling it from what something else says in its place. */
import { Failure } from "../../errors.ts";
import type { HttpAnswer } from "../wire/exchange.ts";
import { child, parseXml, textOf } from "./xml.ts";

/**
 * The Failure for an answer whose status is not 200. Its message is `Code: AWS's message`, its `answer` is set
 * when the body really was an error document of STS. `secrets` are taken out of the message wherever they stand.
 */
export function readStsError(action: string, answer: HttpAnswer, secrets: readonly string[]): Failure {
  let code: string | undefined;
  let message: string | undefined;
  let requestId: string | undefined;
  try {
    const document = parseXml(answer.body);
    const error = document.name === "ErrorResponse" ? child(document, "Error") : undefined;
    code = error === undefined ? undefined : textOf(error, "Code")?.trim();
    message = error === undefined ? undefined : textOf(error, "Message");
    requestId = textOf(document, "RequestId")?.trim();
  } catch (error) {
    return unreadableAnswer(action, answer, error);
  }
  if (!code) return unreadableAnswer(action, answer, undefined);
  const told = presentable(message ?? "", secrets);
  requestId ||= answer.headers.get("x-amzn-requestid") ?? undefined;
  return new Failure("failed", told === "" ? code : `${code}: ${told}`, {
    answer: { code, message: told, status: answer.status, ...(requestId ? { requestId } : {}) },
  });
}

/**
 * The Failure for an answer that STS did not write, or did not finish. Nothing of the body is repeated: it may
 * hold credentials, or whatever a captive portal likes to say.
 */
export function unreadableAnswer(action: string, answer: HttpAnswer, cause: unknown): Failure {
  const type = answer.headers.get("content-type")?.split(";")[0]?.trim() || "no content type";
  const why = cause instanceof Failure ? `: ${cause.message}` : "";
  return new Failure(
    "failed",
    `the answer to ${action} (status ${answer.status}, ${type}, ${answer.body.length} characters) is not one of STS${why}`,
    {
      cause,
      hints: [
        "something between here and AWS may have answered: a captive portal, a proxy, or a wrong endpoint URL",
      ],
    },
  );
}

/**
 * AWS's message on one line, cut where it begins to recite the canonical string (which holds the session token),
 * and with the secrets taken out wherever else they might stand.
 */
function presentable(message: string, secrets: readonly string[]): string {
  const recital = message.search(/The Canonical String for this request|The String-to-Sign/);
  let text = (recital < 0 ? message : message.slice(0, recital)).replace(/\s+/g, " ").trim();
  for (const secret of secrets) {
    if (secret) text = text.replaceAll(secret, "(a secret, left out)");
  }
  return text;
}
