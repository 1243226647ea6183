/** The folders that the C library searches when there is no PATH. */
const DEFAULT_PATH = "/usr/bin:/bin";

/**
 * The paths at which a POSIX system looks for a program, in order. A name with a slash is a path already; an empty
 * entry of PATH is the working directory.
 */
export function programPaths(program: string, path: string | undefined): readonly string[] {
  if (program === "") return [];
  if (program.includes("/")) return [program];
  return (path ?? DEFAULT_PATH).split(":").map((folder) => `${folder === "" ? "." : folder}/${program}`);
}
