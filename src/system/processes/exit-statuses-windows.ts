/**
 * Exit statuses of Windows, which have 32 bits. Bun 1.4.5 cuts those of its children and its own to eight: 256 would
 * become 0, a success.
 */
export interface ExitStatuses {
  /**
   * Opens a handle to a child that was just started. The returned function reads the status after the child's end; it
   * returns undefined where Windows does not tell.
   */
  watch(pid: number): () => number | undefined;
  /** Ends this process at once. */
  exit(status: number): void;
}

/** `PROCESS_QUERY_LIMITED_INFORMATION`, the right to read an exit status. */
const QUERY = 0x1000;

/** Undefined where kernel32 cannot be called: on other systems, and where Bun's runtime has no compiler for calls. */
export async function windowsExitStatuses(): Promise<ExitStatuses | undefined> {
  const { ptr } = await import("bun:ffi");
  const kernel = await kernel32();
  if (kernel === undefined) return undefined;
  return {
    watch(pid) {
      const handle = kernel.OpenProcess(QUERY, 0, pid);
      return () => {
        const status = new Uint32Array(1);
        const isKnown = handle !== null && kernel.GetExitCodeProcess(handle, ptr(status)) !== 0;
        return isKnown ? status[0] : undefined;
      };
    },
    exit: (status) => kernel.ExitProcess(status),
  };
}

async function kernel32() {
  const { dlopen } = await import("bun:ffi");
  try {
    return dlopen("kernel32.dll", {
      OpenProcess: { args: ["u32", "i32", "u32"], returns: "ptr" },
      GetExitCodeProcess: { args: ["ptr", "ptr"], returns: "i32" },
      ExitProcess: { args: ["u32"], returns: "void" },
    }).symbols;
  } catch {
    // Bun's eight bits must do.
    return undefined;
  }
}
