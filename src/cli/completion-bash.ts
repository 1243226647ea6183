import {
  COMMANDS,
  HELP_NAMES,
  HELPER_COMMAND,
  SHELL_COMMANDS,
  SHELLS,
  WORD_COMMANDS,
} from "./command-names.ts";
import {
  type CompletionValue,
  completionOptions,
  fewerChoices,
  optionsByCommand,
  valuedNames,
} from "./completion-options.ts";
import { COMPLETE } from "./name-options.ts";

/**
 * Works in bash 3.2, which macOS has, and needs no other script. After `runas … --` the program's own completion takes
 * over, where one is loaded.
 */
export function bashCompletion(): string {
  return `# bash completion for aws-login
${mainFunction()}
${wordsFunction()}
${valueFunction()}
${namesFunction}
${programFunction}
complete -F _aws_login aws-login
`;
}

/** Finds out what stands at the cursor. Bash makes \`=\` a word of its own, so the script skips it. */
function mainFunction(): string {
  return `_aws_login() {
  local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} command= word index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    case $word in
      --)
        if [[ $command == runas ]]; then
          _aws_login_program $((index + 1))
        fi
        return
        ;;
      ${valuedNames().join(" | ")})
        index=$((index + 1))
        if [[ \${COMP_WORDS[index]} == = ]]; then index=$((index + 1)); fi
        if ((index >= COMP_CWORD)); then
          if [[ $cur == = ]]; then cur=; fi
          _aws_login_value "$word"
          return
        fi
        ;;
      -*) ;;
      *)
        if [[ -z $command ]]; then command=$word; fi
        ;;
    esac
  done
  _aws_login_words
}
`;
}

/** Commands, options, or target words. */
function wordsFunction(): string {
  const everyOption = completionOptions().map(({ name }) => name);
  return `# The word at the cursor, which is no value; "cur" and "command" are the caller's.
_aws_login_words() {
  local words=
  case $command in
    "")
      words="${[...COMMANDS, HELPER_COMMAND].join(" ")}"
      if [[ $cur == -* ]]; then words="${everyOption.join(" ")} --version"; fi
      ;;
    ${WORD_COMMANDS.join(" | ")})
      if [[ $cur != -* ]]; then
        _aws_login_names
        return
      fi
      ;;
  esac
  case $command in
${optionsByCommand()
  .map(({ command, options }) => `    ${command}) words="${options.map(({ name }) => name).join(" ")}" ;;`)
  .join("\n")}
    help) words="${HELP_NAMES.join(" ")}" ;;
    ${SHELL_COMMANDS.join(" | ")}) words="${SHELLS.join(" ")}" ;;
  esac
  COMPREPLY=($(compgen -W "$words --help" -- "$cur"))
}
`;
}

function valueFunction(): string {
  return `# The value of the option $1; "cur" and "command" are the caller's.
_aws_login_value() {
  case "$command $1" in
${fewerChoices()
  .map(({ command, name, choices }) => `    "${command} ${name}") ${choose(choices)}; return ;;`)
  .join("\n")}
  esac
  case $1 in
${completionOptions()
  .flatMap(({ name, value }) => (value === undefined ? [] : valueCase(name, value)))
  .join("\n")}
  esac
}
`;
}

function valueCase(name: string, { isFile, isName, choices }: CompletionValue): readonly string[] {
  if (isName) return [`    ${name}) _aws_login_names ;;`];
  if (isFile) {
    return [
      `    ${name})
      local IFS=$'\\n'
      COMPREPLY=($(compgen -f -- "$cur"))
      compopt -o filenames 2>/dev/null
      ;;`,
    ];
  }
  if (choices.length === 0) return [];
  return [`    ${name}) ${choose(choices)} ;;`];
}

function choose(choices: readonly string[]): string {
  return `COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$cur"))`;
}

/** The program prints each name as it must stand on the line, so that the shell expands nothing of it. */
const namesFunction = `# Names of profiles, accounts and roles, from the config files and the cached listings.
_aws_login_names() {
  local name
  while IFS= read -r name; do
    COMPREPLY+=("$name")
  done < <(command aws-login ${COMPLETE} bash "$COMP_WORDBREAKS" "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}
`;

const programFunction = `# The program of runas, which is word $1 of the line.
_aws_login_program() {
  if declare -F _command_offset >/dev/null; then
    _command_offset "$1"
    return
  fi
  local IFS=$'\\n'
  if ((COMP_CWORD == $1)); then
    COMPREPLY=($(compgen -c -- "$cur"))
  else
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
`;
