import { expect } from "bun:test";
import { SAMPLE_KEYS, SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf, keyLines } from "./support/identities.ts";
import { scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";
import { until } from "./support/until.ts";

const jump = ["--assume-roles", SAMPLE_ROLES.jump];

scenario("runas runs the program as the role", async (scene) => {
  const stdout = callerOf(scene.standIn, SAMPLE_ROLES.jump);
  const direct = await scene.run(["runas", ...jump, "--", "aws-login", "getcallerid"], ANA);
  expect(direct).toEqual({ status: 0, stdout, stderr: "" });
  const shell = await scene.run(["runas", ...jump, "-c", "aws-login getcallerid | cat"], ANA);
  expect(shell).toEqual({ status: 0, stdout, stderr: "" });
});

scenario("runas leaves the program its streams", async (scene) => {
  const line = "echo in | aws-login runas -c 'cat; echo out; echo err >&2'";
  expect(await scene.bash(line, ANA)).toEqual({ status: 0, stdout: "in\nout\n", stderr: "err\n" });
  const bytes = "printf '\\000\\377\\r\\n' | aws-login runas -- cat | od -An -tx1";
  expect(await scene.bash(bytes, ANA)).toEqual({ status: 0, stdout: " 00 ff 0d 0a\n", stderr: "" });
});

scenario("runas hands the arguments on unchanged", async (scene) => {
  const words = ["", "a b", "$HOME", "*", "--region", "-c", "--", "'\"\\", "é"];
  const ended = await scene.run(["runas", "--", "printf", "<%s>", ...words], ANA);
  expect(ended).toEqual({ status: 0, stdout: words.map((word) => `<${word}>`).join(""), stderr: "" });
});

for (const status of [0, 1, 2, 3, 42, 255]) {
  scenario(`runas ends with the program's status ${status}`, async (scene) => {
    const ended = { status, stdout: "", stderr: "" };
    expect(await scene.run(["runas", "--command", `exit ${status}`], ANA)).toEqual(ended);
    expect(await scene.run(["runas", "--", "sh", "-c", `exit ${status}`], ANA)).toEqual(ended);
  });
}

for (const [signal, status] of [
  ["SIGTERM", 143],
  ["SIGINT", 130],
  ["SIGHUP", 129],
  ["SIGKILL", 137],
  ["SIGUSR1", 138],
] as const) {
  scenario(`runas that is sent ${signal} ends the program, with status ${status}`, async (scene) => {
    const ready = `${scene.root}/ready`;
    const program = scene.start(["runas", "--", "sh", "-c", `echo $$ > ${ready}; exec sleep 60`], ANA);
    const child = await until(async () => Number(await fileText(ready)) || undefined);
    program.kill(signal);
    expect(await program.ended).toEqual({ status, stdout: "", stderr: "" });
    expect(isRunning(child)).toBe(false);
  });
}

async function fileText(path: string): Promise<string> {
  const file = Bun.file(path);
  return (await file.exists()) ? await file.text() : "";
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

scenario("runas lets the program handle the signal itself", async (scene) => {
  const ready = `${scene.root}/ready`;
  const script = `trap 'echo cleaned up; exit 9' TERM; echo x > ${ready}; while :; do sleep 0.01; done`;
  const program = scene.start(["runas", "--", "sh", "-c", script], ANA);
  await until(async () => (await fileText(ready)) || undefined);
  program.kill("SIGTERM");
  expect(await program.ended).toEqual({ status: 9, stdout: "cleaned up\n", stderr: "" });
});

scenario("runas stays silent when a reader goes away", async (scene) => {
  for (const what of ["-c yes", "-- yes", "-c 'yes | cat'"]) {
    const line = `aws-login runas ${what} | head -1; echo "$\{PIPESTATUS[0]}"`;
    const ended = await scene.bash(line, ANA);
    expect({ ...ended, stdout: ended.stdout.split("\n")[0] }).toEqual({ status: 0, stdout: "y", stderr: "" });
  }
  const status = await scene.bash(
    'aws-login runas -- yes | head -1 > /dev/null; echo "$' + '{PIPESTATUS[0]}"',
    ANA,
  );
  expect(status).toEqual({ status: 0, stdout: "141\n", stderr: "" });
});

/** Programs that cannot be run; BIN stands for the scene's folder of programs. */
const unrunnable: Record<
  string,
  { readonly program: string; readonly status: number; readonly stderr: string }
> = {
  "a name that is nowhere": {
    program: "no-such-program",
    status: 127,
    stderr: stderrText({
      error: "cannot run no-such-program: there is no such program",
      hints: ["give a program on PATH after --, or a whole command line with --command"],
    }),
  },
  "a path that is nowhere": {
    program: "./no-such-program",
    status: 127,
    stderr: stderrText({
      error: "cannot run ./no-such-program: there is no such program",
      hints: ["give a program on PATH after --, or a whole command line with --command"],
    }),
  },
  "a file without the right to run it": {
    program: "BIN/data",
    status: 126,
    stderr: stderrText({
      error: "cannot run BIN/data: permission denied",
      hints: ["make it executable with chmod +x, or give the program that reads it before it"],
    }),
  },
  "a folder": {
    program: "BIN",
    status: 126,
    stderr: stderrText({ error: "cannot run BIN: it is a directory", hints: ["give a program in it"] }),
  },
  "a script whose interpreter is missing": {
    program: "BIN/orphan",
    status: 126,
    stderr: stderrText({
      error: "cannot run BIN/orphan: the interpreter that it names does not exist",
      hints: ["correct its first line, or give the program that reads it before it"],
    }),
  },
};

for (const [name, { program, status, stderr }] of Object.entries(unrunnable)) {
  scenario(`runas ends with status ${status} for ${name}`, async (scene) => {
    await scene.write("bin/data", "text\n", 0o644);
    await scene.write("bin/orphan", "#!/no/such/interpreter\n", 0o755);
    const place = (text: string) => text.replaceAll("BIN", scene.bin);
    const ended = await scene.run(["runas", "--", place(program), "argument"], ANA);
    expect(ended).toEqual({ status, stdout: "", stderr: place(stderr) });
  });
}

scenario("runas with --command leaves the words about a missing program to the shell", async (scene) => {
  const { status, stdout, stderr } = await scene.run(["runas", "-c", "no-such-program"], ANA);
  expect({ status, stdout }).toEqual({ status: 127, stdout: "" });
  expect(stderr).toContain("no-such-program");
  expect(stderr).not.toContain("aws-login:");
});

scenario("runas runs nothing when the identity cannot be acquired", async (scene) => {
  const line = `echo ran > ${scene.root}/ran`;
  const refused = await scene.run(["runas", "--assume-roles", SAMPLE_ROLES.closed, "-c", line], ANA);
  expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 1, stdout: "" });
  const anonymous = await scene.run(["runas", "-c", line]);
  expect({ status: anonymous.status, stdout: anonymous.stdout }).toEqual({ status: 3, stdout: "" });
  expect(await fileText(`${scene.root}/ran`)).toBe("");
});

scenario("runas with a profile leaves the program the keys of the profile alone", async (scene) => {
  await scene.write("home/.aws/credentials", `[me]\n${keyLines(SAMPLE_KEYS.ana)}`);
  const ended = await scene.run(["runas", "--profile", "me", "-c", "env | grep ^AWS_ | sort"]);
  expect(ended).toEqual({
    status: 0,
    stdout: `AWS_ACCESS_KEY_ID=${SAMPLE_KEYS.ana.accessKeyId}
AWS_CA_BUNDLE=${scene.root}/ca.pem
AWS_EC2_METADATA_DISABLED=true
AWS_SECRET_ACCESS_KEY=${SAMPLE_KEYS.ana.secretAccessKey}
`,
    stderr: "",
  });
});

if (process.platform === "linux") {
  scenario("runas hands arguments and variables on in bytes that are not UTF-8", async (scene) => {
    await scene.bash("touch $'caf\\xe9' $'caf\\xe8' caf\ufffd");
    const line =
      "X=$'\\xe9' aws-login runas -- sh -c 'rm \"$1\"; printf %s \"$X\" | od -An -tx1' sh $'caf\\xe9'";
    expect(await scene.bash(line, ANA)).toEqual({ status: 0, stdout: " e9\n", stderr: "" });
    const left = await scene.bash('LC_ALL=C; for f in caf*; do printf %s "$f" | od -An -tx1; done');
    expect(left.stdout).toBe(" 63 61 66 e8\n 63 61 66 ef bf bd\n");
  });

  scenario("runas gives the program the limit of open files that it was started with", async (scene) => {
    const line = "ulimit -Sn 333; aws-login runas -- sh -c 'ulimit -Sn'; :";
    expect(await scene.bash(line, ANA)).toEqual({ status: 0, stdout: "333\n", stderr: "" });
  });
}
