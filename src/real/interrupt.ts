import { Failure } from "../errors.ts";

/** See `System.interruptible`. What the work still holds ends with the process, which is about to end. */
export async function interruptible<T>(doing: string, work: () => Promise<T>): Promise<T> {
  const interrupted = Promise.withResolvers<never>();
  const onInterrupt = () => interrupted.reject(new Failure("interrupted", `${doing}: interrupted`));
  process.on("SIGINT", onInterrupt);
  try {
    return await Promise.race([work(), interrupted.promise]);
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}
