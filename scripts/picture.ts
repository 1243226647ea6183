/**
 * `bun run picture`: makes docs/terminal.svg and docs/picker.svg, the pictures of README.md, from real runs. The commands
 * of the first transcript of README.md run in bash, with the compiled executable, against the tests' AWS stand-in on
 * loopback; then the picker opens on a terminal of its own.
 */
import { dirname, join } from "node:path";
import { pickerPage, pickerSize } from "./picture/picker.ts";
import { type TerminalLine, terminalSvg } from "./picture/svg.ts";
import { typedLines } from "./picture/typed-lines.ts";
import { buildIfStale } from "./project/executable.ts";
import { executable, root } from "./project/paths.ts";
import { startStandIn } from "./project/stand-in.ts";
import { makeHome } from "./try/home.ts";

/** What ends the output of each command; no program prints it. */
const separator = "\u001e";

await buildIfStale();
const commands = typedLines(await Bun.file(join(root, "README.md")).text());
const standIn = await startStandIn("--approve-sign-ins");
const home = await makeHome(standIn);
try {
  const script = commands.map((command) => `${command}\nprintf '${separator}'\n`).join("");
  const path = `${dirname(executable)}:/usr/bin:/bin`;
  const child = Bun.spawnSync(["bash", "--norc", "--noprofile", "-c", `exec 2>&1\n${script}`], {
    env: { ...home.env, PATH: path },
    stdin: "ignore",
    timeout: 60_000,
  });
  const outputs = child.stdout.toString().split(separator);
  if (child.exitCode !== 0 || outputs.length !== commands.length + 1)
    throw new Error(`the commands ended with status ${child.exitCode}: ${child.stdout.toString()}`);
  const lines = commands.flatMap((text, index): TerminalLine[] => [
    { kind: "typed", text },
    ...printed(outputs[index] ?? ""),
  ]);
  await Bun.write(
    join(root, "docs/terminal.svg"),
    terminalSvg(lines, { label: "aws-login in a terminal", columns: 96 }),
  );
  const page = await pickerPage([executable, "console", "read"], home.env, "a");
  const label = "choosing an account and a role in a terminal";
  await Bun.write(
    join(root, "docs/picker.svg"),
    terminalSvg(page.lines, { label, columns: pickerSize.cols, cursor: page.cursor }),
  );
} finally {
  await Promise.all([home.remove(), standIn.stop()]);
}

function printed(output: string): TerminalLine[] {
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((text) => ({ kind: "printed", text }));
}
