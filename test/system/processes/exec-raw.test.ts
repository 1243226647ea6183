import { describe, expect, test } from "bun:test";
import { join } from "node:path";

const program = join(import.meta.dir, "exec-raw-program.ts");

/** Runs a shell line in which `$0 $1` is the program that calls `rawReplacer`. */
function run(line: string) {
  const { stdout, exitCode } = Bun.spawnSync(["bash", "-c", line, process.execPath, program], {
    env: { PATH: process.env.PATH },
  });
  return { exitCode, stdout: stdout.toString("latin1") };
}

describe.skipIf(process.platform !== "linux")("rawReplacer()", () => {
  test("rawReplacer() hands arguments and variables on in the bytes that they came in", () => {
    const line = `X=$'\\xe9' "$0" "$1" /bin/sh -c 'printf "%s|%s|%s" "$1" "$X" "$NEW"' sh $'caf\\xe9'`;
    expect(run(line)).toEqual({ exitCode: 0, stdout: "caf\xe9|\xe9|new" });
  });

  test("rawReplacer() answers the error's code of a program whose name is not UTF-8", () => {
    expect(run(`"$0" "$1" $'/none/\\xe9'`)).toEqual({ exitCode: 0, stdout: "ENOENT" });
  });

  test("rawReplacer() runs a script whose name is not UTF-8 by the program that it is given", () => {
    const line = `cd "$(mktemp -d)" && printf 'printf "%%s" "$0 $1"' > $'./s\\xe9' && SCRIPT=1 "$0" "$1" $'./s\\xe9' a; rm -r "$PWD"`;
    expect(run(line)).toEqual({ exitCode: 0, stdout: "./s\xe9 a" });
  });
});
