/** What npm's `aws-login` is: it starts the executable of the package that npm chose for this system. Runs under Node. */
import { spawn } from "node:child_process";
import { isatty } from "node:tty";

const { argv, env, platform, arch } = process;
const file = findExecutable();
if (platform === "win32" || typeof process.execve !== "function") startBelow(file);
else startInPlace(file);

function findExecutable(): string {
  const isMusl = platform === "linux" && usesMusl();
  const system = `${platform === "win32" ? "windows" : platform}-${arch}${isMusl ? "-musl" : ""}`;
  try {
    return require.resolve(`@aws-login/${system}/bin/aws-login${platform === "win32" ? ".exe" : ""}`);
  } catch {
    console.error(
      `aws-login: error: cannot find the executable: the package @aws-login/${system} is not installed`,
    );
    console.error(
      "aws-login: hint: install again with optional dependencies, on the system on which it is to run",
    );
    process.exit(1);
  }
}

/** The report of a Node that is linked with glibc says which. */
function usesMusl(): boolean {
  // It would look up names of hosts.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  const header =
    typeof report === "object" && report !== null && "header" in report ? report.header : undefined;
  return !(typeof header === "object" && header !== null && "glibcVersionRuntime" in header);
}

/** In place of this process, so that nothing stands between. */
function startInPlace(path: string): void {
  process.execve?.(path, ["aws-login", ...argv.slice(2)], env);
}

/** As a child: its exit status or signal become this process's, and signals that this process gets become its. */
function startBelow(path: string): void {
  // Not by `process.stdin`: to look at it makes a pipe non-blocking, for the child too.
  const hasTerminal = [0, 1, 2].some((stream) => isatty(stream));
  for (const signal of ["SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP"] as const) {
    // A terminal's keys reach the child directly; for some programs a second interrupt means more than the first.
    const isKey = hasTerminal && (signal === "SIGINT" || signal === "SIGQUIT");
    process.on(signal, () => {
      if (!isKey) child.kill(signal);
    });
  }
  // No signal is seen before the functions above can see the child.
  const child = spawn(path, argv.slice(2), { stdio: "inherit" });
  child.on("error", ({ message }) => {
    console.error(`aws-login: error: cannot start ${path}: ${message}`);
    process.exit(1);
  });
  child.on("exit", (status, signal) => {
    if (signal === null) process.exit(status ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
