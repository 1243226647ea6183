/** Sends a request to a loopback port as another user, which only root on Linux can do. */

export const canBeOthers = process.platform === "linux" && process.getuid?.() === 0;
/** For the names of tests that need it. */
export const unlessRoot = canBeOthers ? "" : " (needs root on Linux)";

/** A user id that owns no files. */
export const NOBODY = 65_534;

/** The whole answer to a GET of the path by a process of that user, its status line first. */
export async function askAs(uid: number, port: number | string, path: string): Promise<string> {
  const script = `exec 3<>/dev/tcp/127.0.0.1/${port}
    printf 'GET %s HTTP/1.1\\r\\nHost: 127.0.0.1:%s\\r\\n\\r\\n' "$1" ${port} >&3
    cat <&3`;
  const child = Bun.spawn(["bash", "-c", script, "ask", path], {
    uid,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return await child.stdout.text();
}
