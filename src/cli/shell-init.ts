/** The shell function `aws-use`. An executable cannot set variables of the shell that starts it; a function can. */
import type { Shell } from "./command-names.ts";
import { ELEMENT_WORD, namesFromProgram } from "./powershell-names.ts";

/** The script that defines `aws-use` in `shell`, and its completion. A further run of it changes nothing. */
export function shellInit(shell: Shell): string {
  switch (shell) {
    case "bash":
      return POSIX + BASH_COMPLETION;
    case "zsh":
      return POSIX + ZSH_COMPLETION;
    case "fish":
      return FISH;
    case "powershell":
      return POWERSHELL;
  }
}

/*
 * `aws-use` is completed as `aws-login dumpcreds` is. Where the completion of `aws-login` is not loaded yet, the first Tab
 * loads it, so that the start of a shell pays nothing for it.
 */

const BASH_COMPLETION = `
_aws_use() {
  declare -F _aws_login >/dev/null || eval "$(command aws-login completion bash 2>/dev/null)"
  declare -F _aws_login >/dev/null || return
  local line="aws-login dumpcreds\${COMP_LINE#*"\${COMP_WORDS[0]}"}"
  COMP_POINT=$((COMP_POINT + \${#line} - \${#COMP_LINE}))
  COMP_LINE=$line
  COMP_WORDS=(aws-login dumpcreds "\${COMP_WORDS[@]:1}")
  COMP_CWORD=$((COMP_CWORD + 1))
  _aws_login
}
complete -F _aws_use aws-use
`;

const ZSH_COMPLETION = `
_aws-use() {
  (( $+functions[_aws-login] )) || eval "$(command aws-login completion zsh 2>/dev/null)"
  (( $+functions[_aws-login] )) || return
  words=(aws-login dumpcreds "\${(@)words[2,-1]}")
  (( CURRENT++ ))
  _aws-login
}
if (( $+functions[compdef] )); then
  compdef _aws-use aws-use
fi
`;

const FISH_COMPLETION = `
function __aws_use_complete -d 'what aws-login dumpcreds offers'
    functions -q __aws_login_names
    or command aws-login completion fish 2>/dev/null | source
    set -l words (commandline -opc)
    set -e words[1]
    set -l line aws-login dumpcreds
    for word in $words
        set line $line (string escape -- $word)
    end
    complete -C (string join ' ' -- $line (commandline -ct))
end
complete -c aws-use -f -a '(__aws_use_complete)'
`;

/*
 * Each function asks for its own syntax last, where it counts. The shell changes nothing when the program fails, and then
 * ends with the program's status. The help is printed: read as commands it would be nonsense.
 */

const POSIX = `# aws-use [WORD...] [options]: puts an AWS identity into this shell; aws-use --clear takes it out.
aws-use() {
  local aws_login_word aws_login_lines
  for aws_login_word in "$@"; do
    case $aws_login_word in
      -h | --help | --version)
        command aws-login dumpcreds "$@"
        return
        ;;
    esac
  done
  aws_login_lines=$(command aws-login dumpcreds "$@" --outform linux) || return
  unset AWS_PROFILE AWS_DEFAULT_PROFILE
  eval "$aws_login_lines"
}
`;

const FISH = `# aws-use [WORD...] [options]: puts an AWS identity into this shell; aws-use --clear takes it out.
function aws-use -d 'put an AWS identity into this shell; --clear takes it out'
    for word in $argv
        if contains -- $word -h --help --version
            command aws-login dumpcreds $argv
            return
        end
    end
    set -l lines (command aws-login dumpcreds $argv --outform fish)
    or return
    set -e AWS_PROFILE
    set -e AWS_DEFAULT_PROFILE
    string join \\n -- $lines | source
end
${FISH_COMPLETION}`;

const POWERSHELL = `# aws-use [WORD...] [options]: puts an AWS identity into this shell; aws-use --clear takes it out.
function aws-use {
  $program = Get-Command aws-login -CommandType Application -ErrorAction Stop | Select-Object -First 1
  if ($args | Where-Object { $_ -cin '-h', '--help', '--version' }) {
    & $program dumpcreds @args
    return
  }
  $lines = & $program dumpcreds @args --outform powershell
  if ($LASTEXITCODE -ne 0) { return }
  $Env:AWS_PROFILE = $null
  $Env:AWS_DEFAULT_PROFILE = $null
  $lines -join "\`n" | Invoke-Expression
}

Register-ArgumentCompleter -Native -CommandName 'aws-use' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = @('dumpcreds')
  foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1)) {
    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
    $typed += ${ELEMENT_WORD}
  }
${namesFromProgram("  ")}
}
`;
