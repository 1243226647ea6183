import {
  COMMANDS,
  HELP_NAMES,
  HELPER_COMMAND,
  SHELL_COMMANDS,
  SHELLS,
  WORD_COMMANDS,
} from "./command-names.ts";
import { type CompletionOption, helperOptions, optionsByCommand, valuedNames } from "./completion-options.ts";
import { COMPLETE } from "./name-options.ts";

/** For `~/.config/fish/completions/aws-login.fish`. */
export function fishCompletion(): string {
  return `# fish completion for aws-login
function __aws_login_command -d 'print the command on the line; fail when there is none yet'
    set -l words (commandline -opc)
    set -e words[1]
    set -l value no
    for word in $words
        if test $value = yes
            set value no
            continue
        end
        switch $word
            case ${valuedNames().join(" ")}
                set value yes
            case '-*'
            case '*'
                echo $word
                return 0
        end
    end
    return 1
end

function __aws_login_takes -d 'is the command one of these, or still open'
    set -l command (__aws_login_command)
    or return 0
    contains -- $command $argv
    and not __aws_login_program
end

function __aws_login_program -d 'is the line past the -- of runas'
    contains -- -- (commandline -opc)
end

function __aws_login_complete_program -d 'what fish knows about the program of runas'
    set -l words (commandline -opc)
    set -e words[1..(contains -i -- -- $words)]
    set -l line
    for word in $words
        set line $line (string escape -- $word)
    end
    complete -C (string join ' ' -- $line (commandline -ct))
end

function __aws_login_takes_words -d 'is the command one of those that look for an identity'
    contains -- (__aws_login_command) ${WORD_COMMANDS.join(" ")}
    and not string match -q -- '-*' (commandline -ct)
    and not __aws_login_program
end

function __aws_login_names -d 'names from the config files and the cached listings'
    command -q aws-login
    or return
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (string unescape -- (commandline -ct))
    command aws-login ${COMPLETE} fish $words "$current" 2>/dev/null
end

complete -c aws-login -f
complete -c aws-login -n 'not __aws_login_command >/dev/null' -a '${[...COMMANDS, HELPER_COMMAND].join(" ")}'
complete -c aws-login -n 'contains -- help (__aws_login_command)' -a '${HELP_NAMES.join(" ")}'
${SHELL_COMMANDS.map((command) => `complete -c aws-login -n 'contains -- ${command} (__aws_login_command)' -a '${SHELLS.join(" ")}'`).join("\n")}
complete -c aws-login -n __aws_login_takes_words -a '(__aws_login_names)'
complete -c aws-login -n __aws_login_program -F -a '(__aws_login_complete_program)'
complete -c aws-login -n 'not __aws_login_program' -s h -l help -d 'show help'
complete -c aws-login -n 'not __aws_login_command >/dev/null' -l version -d 'print the version'
${optionLines().join("\n")}
${helperOptions()
  .map((option) => optionLine(`contains -- ${HELPER_COMMAND} (__aws_login_command)`, switches(option)))
  .join("\n")}
`;
}

/** One line for all commands that take an option in the same way. */
function optionLines(): string[] {
  const takers = new Map<string, string[]>();
  for (const { command, options } of optionsByCommand()) {
    if (command === HELPER_COMMAND) continue;
    for (const option of options) {
      const text = switches(option);
      takers.set(text, [...(takers.get(text) ?? []), command]);
    }
  }
  return [...takers].map(([text, commands]) => optionLine(`__aws_login_takes ${commands.join(" ")}`, text));
}

function optionLine(condition: string, text: string): string {
  return `complete -c aws-login -n '${condition}' ${text}`;
}

function switches({ name, short, line, value }: CompletionOption): string {
  return [
    ...(short === undefined ? [] : [`-s ${short.slice(1)}`]),
    `-l ${name.slice(2)}`,
    ...(value === undefined ? [] : [valueSwitches(value)]),
    `-d ${quoted(line)}`,
  ].join(" ");
}

function valueSwitches({ choices, isFile, isName }: NonNullable<CompletionOption["value"]>): string {
  if (isName) return "-x -a '(__aws_login_names)'";
  if (isFile) return "-r -F";
  return choices.length === 0 ? "-x" : `-x -a '${choices.join(" ")}'`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
