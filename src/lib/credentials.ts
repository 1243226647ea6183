/** AWS credentials from any source. Every member but `expiration` is text as AWS sent it; ids are never numbers. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for long-term keys. */
  readonly sessionToken?: string;
  /** Milliseconds since the epoch; absent when the keys do not expire or their source does not say when. */
  readonly expiration?: number;
  /** Twelve digits, when known. */
  readonly accountId?: string;
}
