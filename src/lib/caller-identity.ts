/** The caller identity that STS reports. Types only. */

/** All three are text: an account id may begin with a zero. */
export interface CallerIdentity {
  readonly userId: string;
  readonly account: string;
  readonly arn: string;
}
