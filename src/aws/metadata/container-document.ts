/** Reading what a container's agent answers. Pure. */
import type { Credentials } from "../../credentials.ts";
import { parseIsoTime } from "../iso-time.ts";
import { jsonObject } from "../wire/json-error.ts";

/** Longer texts are cut: what a person needs stands at the front. */
const longestText = 300;

/**
 * The credentials of an answer with status 200, or what is wrong with it. The token's member is `Token`; all members
 * but `AccountId` are required. Of the body only an error's code and message are repeated.
 */
export function readContainerDocument(body: string): Credentials | { readonly why: string } {
  const document = jsonObject(body);
  if (document === undefined) return { why: "answered with something that is no JSON object" };
  const text = (name: string): string | undefined => {
    const value = document[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [accessKeyId, secretAccessKey, sessionToken] = [
    text("AccessKeyId"),
    text("SecretAccessKey"),
    text("Token"),
  ];
  const expiration = parseIsoTime(text("Expiration") ?? "");
  if (!accessKeyId || !secretAccessKey || !sessionToken || expiration === undefined) {
    const said = errorOf(document);
    return {
      why: `answered without AccessKeyId, SecretAccessKey, Token or a readable Expiration${said === undefined ? "" : `: ${said}`}`,
    };
  }
  const accountId = text("AccountId");
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiration,
    ...(accountId === undefined ? {} : { accountId }),
  };
}

/**
 * What an answer with another status says: the code and message of a JSON document, or the first line of a plain
 * text, which is how the agents of EKS tell. `secret` is taken out of it.
 */
export function readContainerError(
  status: number,
  headers: Headers,
  body: string,
  secret: string | undefined,
): string {
  if (status >= 300 && status < 400) return `answered with a redirect (${status}), which is not followed`;
  const document = jsonObject(body);
  const isPlain = /^(text\/plain\b|$)/i.test(headers.get("content-type") ?? "") && !/^\s*</.test(body);
  const said = document === undefined ? (isPlain ? presentable(body) : undefined) : errorOf(document);
  if (!said) return `answered with status ${status}`;
  return `answered with status ${status}: ${secret ? said.replaceAll(secret, "(a secret, left out)") : said}`;
}

/** ECS writes `code` and `message`, others begin with capitals. */
function errorOf(document: Readonly<Record<string, unknown>>): string | undefined {
  const told = [document.code ?? document.Code, document.message ?? document.Message].filter(
    (part) => typeof part === "string" && part !== "",
  );
  return told.length === 0 ? undefined : presentable(told.join(": "));
}

function presentable(text: string): string {
  const line = text.trim().split(/[\r\n]/, 1)[0] ?? "";
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
}
