/** What of the endpoint an option chooses. */
export interface EndpointOptions {
  /** Absent: a free one. With `bind` that of instance metadata. */
  readonly port?: number;
  /** Whether `PATH/profile/NAME` is answered with the credentials of that profile. */
  readonly profiles?: boolean;
  /** Whether instance metadata is answered too. */
  readonly imds?: boolean;
  /** The IP address that answers instance metadata, and nothing else; absent: the endpoint's own. */
  readonly bind?: string;
}
