import { type Reply, reply } from "../http/reply.ts";

/** An element: its name, and its text or its children. */
export type Element = readonly [name: string, content: string | readonly Element[]];

const NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

export function successReply(operation: string, result: readonly Element[], requestId: string): Reply {
  const document: Element = [
    `${operation}Response`,
    [
      [`${operation}Result`, result],
      ["ResponseMetadata", [["RequestId", requestId]]],
    ],
  ];
  return xmlReply(200, document, requestId);
}

export function errorReply(status: number, code: string, message: string, requestId: string): Reply {
  const document: Element = [
    "ErrorResponse",
    [
      [
        "Error",
        [
          ["Type", status >= 500 ? "Receiver" : "Sender"],
          ["Code", code],
          ["Message", message],
        ],
      ],
      ["RequestId", requestId],
    ],
  ];
  return xmlReply(status, document, requestId);
}

function xmlReply(status: number, [name, content]: Element, requestId: string): Reply {
  const text = write([name, content], "").replace(`<${name}>`, `<${name} xmlns="${NAMESPACE}">`);
  return reply(status, "text/xml", text, [["x-amzn-RequestId", requestId]]);
}

function write([name, content]: Element, indent: string): string {
  if (typeof content === "string") return `${indent}<${name}>${escapeText(content)}</${name}>\n`;
  const children = content.map((child) => write(child, `${indent}  `)).join("");
  return `${indent}<${name}>\n${children}${indent}</${name}>\n`;
}

function escapeText(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&apos;");
}
