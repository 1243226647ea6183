/** Taking a page of help apart. */
import { expect } from "bun:test";

/** Without their ends; the last one must have one too. */
export function lines(text: string): string[] {
  expect(text).toEndWith("\n");
  return text.slice(0, -1).split("\n");
}

/** The aws-login commands among the examples, without the shell's part. */
export function examples(text: string): string[] {
  const [, shown = ""] = text.split("\nExamples\n");
  const [block = ""] = shown.split("\n\n");
  return block
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^ *(source <\(|eval "\$\()?aws-login /, "").replace(/( > .*|\)"?)$/, ""));
}
