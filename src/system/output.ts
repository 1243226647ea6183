/**
 * Standard output for `Bun.write`: the descriptor, which the runtime takes as well although its types do not say so.
 * `Bun.stdout` makes a file object first, for a fortieth of a start.
 */
export const output = process.platform === "win32" ? Bun.stdout : (1 as unknown as Bun.PathLike);
