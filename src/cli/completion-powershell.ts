import {
  COMMANDS,
  HELP_NAMES,
  HELPER_COMMAND,
  SHELL_COMMANDS,
  SHELLS,
  WORD_COMMANDS,
} from "./command-names.ts";
import { completionOptions, fewerChoices, optionsByCommand, valuedNames } from "./completion-options.ts";
import { ELEMENT_WORD, namesFromProgram } from "./powershell-names.ts";

/** For Windows PowerShell 5 and later; to be run from the profile script. */
export function powershellCompletion(): string {
  return `# PowerShell completion for aws-login
Register-ArgumentCompleter -Native -CommandName 'aws-login' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = ${list([...COMMANDS, HELPER_COMMAND])}
  $valued = ${list(valuedNames())}
  $choices = @{
${completionOptions()
  .flatMap(({ name, value }) =>
    value === undefined || value.choices.length === 0 ? [] : [`    '${name}' = ${list(value.choices)}`],
  )
  .join("\n")}
${fewerChoices()
  .map(({ command, name, choices }) => `    '${command} ${name}' = ${list(choices)}`)
  .join("\n")}
  }
  $options = @{
${optionsByCommand()
  .map(({ command, options }) => `    '${command}' = ${list(options.map(({ name }) => name))}`)
  .join("\n")}
    'help' = ${list(HELP_NAMES)}
${SHELL_COMMANDS.map((command) => `    '${command}' = ${list(SHELLS)}`).join("\n")}
  }
  $named = ${list(
    completionOptions()
      .filter(({ value }) => value?.isName)
      .map(({ name }) => name),
  )}
  $command = ''
  $option = ''
  $typed = @()
  foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
    $word = $element.Extent.Text
    $typed += ${ELEMENT_WORD}
    if ($option) { $option = '' }
    elseif ($word -eq '--') { return }
    elseif ($valued -ccontains $word) { $option = $word }
    elseif (-not $command -and -not $word.StartsWith('-')) { $command = $word }
  }
  $lead = if (-not $option -and $wordToComplete -cmatch '^(--[a-z][a-z-]*)=') { $Matches[1] } else { '' }
  $isName = if ($option -or $lead) { $named -ccontains "$option$lead" }
    else { ${list(WORD_COMMANDS)} -ccontains $command -and -not $wordToComplete.StartsWith('-') }
  if ($isName) {
${namesFromProgram("    ")}
    return
  }
  $key = "$option$lead"
  if ($choices.ContainsKey("$command $key")) { $key = "$command $key" }
  $words = if ($option) { $choices[$key] }
    elseif ($lead) { foreach ($choice in $choices[$key]) { "$lead=$choice" } }
    elseif ($command) { @($options[$command]) + '--help' }
    elseif ($wordToComplete.StartsWith('-')) { ${list([...completionOptions().map(({ name }) => name), "--help", "--version"])} }
    else { $commands }
  $words | Where-Object { $_ -and $_.StartsWith($wordToComplete) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function list(words: readonly string[]): string {
  return `@(${words.map((word) => `'${word}'`).join(", ")})`;
}
