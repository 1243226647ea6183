/** The code of a system's error (`ENOENT`), or "" when it has none. */
export function errorCode(error: unknown): string {
  const has = typeof error === "object" && error !== null && "code" in error;
  return has && typeof error.code === "string" ? error.code : "";
}
