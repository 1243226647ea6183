/** The part that the completion scripts for PowerShell share: they ask the program for names. */
import { COMPLETE } from "./name-options.ts";

/** A PowerShell expression: the word of `$element` of a command line, without quotes. */
export const ELEMENT_WORD =
  "if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value } else { $element.Extent.Text }";

/**
 * PowerShell statements, each line after `indent`: they offer what the program says that `$wordToComplete` can become after
 * the words `$typed`.
 */
export function namesFromProgram(indent: string): string {
  return NAMES_FROM_PROGRAM.map((line) => indent + line).join("\n");
}

const NAMES_FROM_PROGRAM = [
  "$program = Get-Command aws-login -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1",
  "if (-not $program) { return }",
  "# Windows PowerShell drops empty arguments and loses double quotes.",
  `$arguments = @($typed) + $wordToComplete.Trim([char[]]@(39, 34)) | ForEach-Object { '.' + $_.Replace('"', '') }`,
  "$encoding = [Console]::OutputEncoding",
  "try {",
  "  [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)",
  `  & $program ${COMPLETE} powershell @arguments 2>$null | ForEach-Object {`,
  '    $text, $name, $about = $_.Split("`t")',
  "    [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $about)",
  "  }",
  "}",
  "finally { [Console]::OutputEncoding = $encoding }",
];
