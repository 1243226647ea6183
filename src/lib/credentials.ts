/** AWS keys, however they were come by. Every member is text as AWS sent it; ids are never numbers. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for long-term keys. */
  readonly sessionToken?: string;
  /** Milliseconds since the epoch; absent when the keys do not expire or nobody said when. */
  readonly expiration?: number;
  /** Twelve digits, when known. */
  readonly accountId?: string;
}
