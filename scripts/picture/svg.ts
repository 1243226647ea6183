/** A terminal window as SVG: text lines in a fixed-width font, so that the picture is small, sharp and readable by search. */

/** One line of the window: what a person typed after the prompt, or what a program printed, perhaps bold or dim. */
export interface TerminalLine {
  readonly kind: "typed" | "printed" | "bold" | "dim";
  readonly text: string;
}

export interface TerminalWindow {
  /** What the picture shows, for who cannot see it. */
  readonly label: string;
  /** A longer line ends in "…". */
  readonly columns: number;
  /** Where the cursor stands, counted from 0; none where it is absent. */
  readonly cursor?: { readonly row: number; readonly column: number };
}

/** Pixels. */
const lineHeight = 20;
const characterWidth = 8.4;
const margin = 16;
const titleBar = 28;

/** The picture as the text of an SVG file, in which every line of the terminal is one `<text>` element. */
export function terminalSvg(
  lines: readonly TerminalLine[],
  { label, columns, cursor }: TerminalWindow,
): string {
  const width = Math.ceil(columns * characterWidth + 2 * margin);
  const height = titleBar + lines.length * lineHeight + margin;
  const texts = lines.map(({ kind, text }, index) => {
    const y = titleBar + (index + 1) * lineHeight - 4;
    const shown = escaped(shortened(kind === "typed" ? `$ ${text}` : text, columns));
    return `  <text class="${kind}" x="${margin}" y="${y}" xml:space="preserve">${shown}</text>`;
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(label)}">`,
    "  <style>",
    "    text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #d5dae3; }",
    "    .typed, .bold { fill: #ffffff; font-weight: 600; }",
    "    .dim { fill: #8b94a5; }",
    "  </style>",
    `  <rect width="${width}" height="${height}" rx="8" fill="#1d232e"/>`,
    ...["#ec6a5e", "#f4bf4f", "#61c554"].map(
      (color, index) => `  <circle cx="${20 + index * 20}" cy="16" r="6" fill="${color}"/>`,
    ),
    ...(cursor === undefined ? [] : [cursorAt(cursor)]),
    ...texts,
    "</svg>",
  ].join("\n")}\n`;
}

/** The terminal's lines that stand in a picture made by `terminalSvg()`. */
export function terminalLines(svg: string): TerminalLine[] {
  return [...svg.matchAll(/<text class="([a-z]+)"[^>]*>(.*?)<\/text>/g)].map(([, kind, text = ""]) => ({
    kind: KINDS.find((known) => known === kind) ?? "printed",
    text: unescaped(kind === "typed" ? text.slice(2) : text),
  }));
}

const KINDS = ["typed", "printed", "bold", "dim"] as const;

function cursorAt({ row, column }: { readonly row: number; readonly column: number }): string {
  const x = (margin + column * characterWidth).toFixed(1);
  return `  <rect x="${x}" y="${titleBar + row * lineHeight + 1}" width="${characterWidth}" height="18" fill="#8b94a5"/>`;
}

function shortened(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
