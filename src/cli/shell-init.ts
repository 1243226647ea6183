/** The shell function `aws-use`. An executable cannot set variables of the shell that starts it; a function can. */
import type { Shell } from "./options.ts";

/** The script that defines `aws-use` in `shell`. It loads nothing, and a further run of it changes nothing. */
export function shellInit(shell: Shell): string {
  switch (shell) {
    case "bash":
    case "zsh":
      return POSIX;
    case "fish":
      return FISH;
    case "powershell":
      return POWERSHELL;
  }
}

/*
 * Each function asks for its own syntax last, where it counts. The shell changes nothing when the program fails, and then
 * ends with the program's status. The help is printed: read as commands it would be nonsense.
 */

const POSIX = `# aws-use [options]: puts an AWS identity into this shell; aws-use --clear takes it out.
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

const FISH = `# aws-use [options]: puts an AWS identity into this shell; aws-use --clear takes it out.
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
`;

const POWERSHELL = `# aws-use [options]: puts an AWS identity into this shell; aws-use --clear takes it out.
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
`;
