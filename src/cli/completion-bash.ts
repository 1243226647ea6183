import { completionOptions, optionsByCommand, valuedNames } from "./completion-options.ts";
import { COMMANDS, SHELL_COMMANDS, SHELLS, TOPICS } from "./options.ts";

/**
 * Works in bash 3.2, which macOS has, and needs no other script. Bash makes `=` a word of its own, so the script skips
 * it. After `runas … --` the program's own completion takes over, where one is loaded.
 */
export function bashCompletion(): string {
  return `# bash completion for aws-login
_aws_login() {
  local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} command= words= word index
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
  case $command in
    "")
      words="${COMMANDS.join(" ")}"
      if [[ $cur == -* ]]; then words="${completionOptions()
        .map(({ name }) => name)
        .join(" ")} --version"; fi
      ;;
${optionsByCommand()
  .map(({ command, options }) => `    ${command}) words="${options.map(({ name }) => name).join(" ")}" ;;`)
  .join("\n")}
    help) words="${[...COMMANDS, ...TOPICS].join(" ")}" ;;
    ${SHELL_COMMANDS.join(" | ")}) words="${SHELLS.join(" ")}" ;;
  esac
  COMPREPLY=($(compgen -W "$words --help" -- "$cur"))
}

# The value of the option $1; "cur" is the caller's.
_aws_login_value() {
  case $1 in
${valueCases()}
  esac
}

# The program of runas, which is word $1 of the line.
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

complete -F _aws_login aws-login
`;
}

function valueCases(): string {
  return completionOptions()
    .flatMap(({ name, value }) => {
      if (value === undefined) return [];
      if (value.isFile) {
        return [
          `    ${name})
      local IFS=$'\\n'
      COMPREPLY=($(compgen -f -- "$cur"))
      compopt -o filenames 2>/dev/null
      ;;`,
        ];
      }
      if (value.choices.length === 0) return [];
      return [`    ${name}) COMPREPLY=($(compgen -W "${value.choices.join(" ")}" -- "$cur")) ;;`];
    })
    .join("\n");
}
