import {
  COMMANDS,
  HELP_NAMES,
  HELPER_COMMAND,
  SHELL_COMMANDS,
  SHELLS,
  WORD_COMMANDS,
} from "./command-names.ts";
import {
  type CompletionOption,
  completionOptions,
  optionsByCommand,
  valuedNames,
} from "./completion-options.ts";
import { COMPLETE } from "./name-options.ts";

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
  operands=('1:command:(${[...COMMANDS, HELPER_COMMAND].join(" ")})')
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
    (help) operands+=('2:command:(${HELP_NAMES.join(" ")})') ;;
    (${SHELL_COMMANDS.join("|")}) operands+=('2:shell:(${SHELLS.join(" ")})') ;;
    (${WORD_COMMANDS.filter((command) => command !== "runas").join("|")}) operands+=('*:word: _aws-login-names') ;;
    (runas) (( \${words[1,CURRENT-1][(Ie)--]} )) && operands+=('*:::program: _normal') || operands+=('*:word: _aws-login-names') ;;
  esac
  _arguments -S $operands $options '(-h --help)'{-h,--help}'[show help]'
}

# Names from the config files and the cached listings; compadd quotes them.
_aws-login-names() {
  local line
  local -a names lines
  for line in "\${(@f)$(command aws-login ${COMPLETE} zsh "\${(@Q)words[2,CURRENT-1]}" "\${(Q)IPREFIX}\${(Q)PREFIX}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    names+=("\${line%%$'\\t'*}")
    lines+=("\${line%%$'\\t'*}  (\${line#*$'\\t'})")
  done
  compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -l -d lines -a names
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

function valueSpec({ placeholder, choices, isFile, isName }: NonNullable<CompletionOption["value"]>): string {
  const known = choices.length > 0 ? `(${choices.join(" ")})` : " ";
  const action = isName ? " _aws-login-names" : isFile ? "_files" : known;
  return `:${escaped(placeholder)}:${action}`;
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
