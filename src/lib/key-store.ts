/** The system's key store, as far as the program uses it. */

/** Rejects with the system's error where there is no store, or it refuses. A locked one may wait for a person. */
export interface KeyStore {
  /** Undefined when there is no such secret; on Linux also when the store is locked. */
  read(name: string): Promise<string | undefined>;
  write(name: string, value: string): Promise<void>;
  /** Does nothing when there is no such secret. */
  remove(name: string): Promise<void>;
}
