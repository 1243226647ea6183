import {
  type CompletionOption,
  completionOptions,
  optionsByCommand,
  valuedNames,
} from "./completion-options.ts";
import { COMMANDS, SHELL_COMMANDS, SHELLS, TOPICS } from "./options.ts";

/** For a file `_aws-login` in a directory of `fpath`, or to be sourced after `compinit`. */
export function zshCompletion(): string {
  return `#compdef aws-login
# zsh completion for aws-login
_aws-login() {
  local command= word
  local -a options operands
  integer index
  for ((index = 2; index < CURRENT; index++)); do
    word=$words[index]
    case $word in
      (--) break ;;
      (${valuedNames().join("|")}) ((index++)) ;;
      (-*) ;;
      (*) command=$word; break ;;
    esac
  done
  operands=('1:command:(${COMMANDS.join(" ")})')
  case $command in
    ('')
      options=(
${specs(completionOptions())}
        '--version[print the version]'
      )
      ;;
${optionsByCommand()
  .map(({ command, options }) => `    (${command})\n      options=(\n${specs(options)}\n      )\n      ;;`)
  .join("\n")}
  esac
  case $command in
    (help) operands+=('2:command:(${[...COMMANDS, ...TOPICS].join(" ")})') ;;
    (${SHELL_COMMANDS.join("|")}) operands+=('2:shell:(${SHELLS.join(" ")})') ;;
    (runas) (( \${words[1,CURRENT-1][(Ie)--]} )) && operands+=('*:::program: _normal') ;;
  esac
  _arguments -S $operands $options '(-h --help)'{-h,--help}'[show help]'
}

if [[ $funcstack[1] == _aws-login ]]; then
  _aws-login "$@"
elif (( $+functions[compdef] )); then
  compdef _aws-login aws-login
fi
`;
}

function specs(options: readonly CompletionOption[]): string {
  return options
    .flatMap((option) =>
      option.short === undefined ? [spec(option)] : [spec(option), shortSpec(option, option.short)],
    )
    .map((text) => `        ${text}`)
    .join("\n");
}

/** \`--name=\` lets the value stand in the same word or in the next. */
function spec({ name, line, value }: CompletionOption): string {
  return quoted(
    value === undefined ? `${name}[${escaped(line)}]` : `${name}=[${escaped(line)}]${valueSpec(value)}`,
  );
}

function shortSpec({ line, value }: CompletionOption, short: string): string {
  return quoted(`${short}[${escaped(line)}]${value === undefined ? "" : valueSpec(value)}`);
}

function valueSpec({ placeholder, choices, isFile }: NonNullable<CompletionOption["value"]>): string {
  const action = isFile ? "_files" : choices.length > 0 ? `(${choices.join(" ")})` : " ";
  return `:${escaped(placeholder)}:${action}`;
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
