import { type Reply, reply } from "../http/reply.ts";

/** A page for a person: what it says and, if it wants an answer, a form. */
export interface Page {
  readonly status: number;
  readonly title: string;
  /** A paragraph each. */
  readonly text: readonly string[];
  readonly form?: Form;
}

export interface Form {
  /** Where the answer goes; absent: back to the page's own address, by GET. */
  readonly action?: string;
  /** Sent along unseen. */
  readonly hidden?: Readonly<Record<string, string>>;
  /** A line to fill in, by name and label. */
  readonly input?: { readonly name: string; readonly label: string };
  readonly buttons: readonly Button[];
}

/** A button has its value as its id too. */
export interface Button {
  readonly value: string;
  readonly label: string;
}

export const ALLOW_OR_DENY: readonly Button[] = [
  { value: "allow", label: "Allow" },
  { value: "deny", label: "Deny" },
];

const STYLE = `body { font: 16px/1.5 sans-serif; max-width: 30rem; margin: 4rem auto; padding: 0 1rem; color: #16191f }
button { font: inherit; padding: .4rem 1.5rem; margin-right: .5rem }
input { font: inherit; display: block; margin: .5rem 0 1rem }`;

export function page({ status, title, text, form }: Page): Reply {
  const lines = [
    "<!DOCTYPE html>",
    `<html lang="en"><head><meta charset="UTF-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escapeHtml(title)}</h1>`,
    ...text.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    ...(form === undefined ? [] : formLines(form)),
    "</body></html>",
  ];
  return reply(status, "text/html;charset=UTF-8", `${lines.join("\n")}\n`, [["Cache-Control", "no-store"]]);
}

function formLines({ action, hidden = {}, input, buttons }: Form): string[] {
  const field = (name: string, value: string) =>
    `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`;
  return [
    action === undefined ? '<form method="get">' : `<form method="post" action="${escapeHtml(action)}">`,
    ...Object.entries(hidden).map(([name, value]) => field(name, value)),
    ...(input === undefined
      ? []
      : [
          `<label>${escapeHtml(input.label)} <input id="${input.name}" name="${input.name}" autofocus></label>`,
        ]),
    ...buttons.map(
      ({ value, label }) =>
        `<button id="${value}" name="decision" value="${value}">${escapeHtml(label)}</button>`,
    ),
    "</form>",
  ];
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
