/** One instance of IAM Identity Center, as plain data: who signs in there, and what they may use. */
export interface IdentityCenterPlan {
  /** Where its access portal is: `https://d-….awsapps.com/start`. */
  readonly startUrl: string;
  readonly region: string;
  /** The one who signs in; role sessions bear this name. */
  readonly user: string;
  /** All accounts of the organisation, in the order in which they are listed. */
  readonly accounts: readonly AccountPlan[];
}

export interface AccountPlan {
  /** Twelve digits of text. */
  readonly id: string;
  /** Absent: the portal tells no name. */
  readonly name?: string;
  /** Default: made from the id. */
  readonly email?: string;
  /** The permission sets that the user has there. Without any the account is not listed. */
  readonly roles: readonly PermissionSetPlan[];
}

export interface PermissionSetPlan {
  readonly name: string;
  /** Seconds; default 3600. */
  readonly sessionDuration?: number;
}
