/** How those come by credentials who hold no keys of AWS, as plain data. */

/** A token of an issuer outside of AWS. */
export interface WebIdentityPlan {
  readonly token: string;
  /** ARNs of the roles that it opens. */
  readonly roles: readonly string[];
  /** Its time is over. */
  readonly expired?: boolean;
  /** Seconds that a session lives, whatever the request says: less than AWS allows, for tests of renewal. */
  readonly sessionDuration?: number;
}

/** A job of GitHub Actions that may ask for a token about itself. */
export interface ActionsPlan {
  /** The secret in the job's environment. */
  readonly requestToken: string;
  /** What the job gets for AWS; `webIdentities` says which roles it opens. */
  readonly token: string;
}

/** An authority whose certificates open roles through IAM Roles Anywhere. */
export interface TrustAnchorPlan {
  readonly arn: string;
  /** The one profile that goes with it. */
  readonly profileArn: string;
  /** The authority's certificate. */
  readonly certificatePem: string;
  /** ARNs of the roles that the profile lists. */
  readonly roles: readonly string[];
  readonly acceptsSessionName?: boolean;
}

/** The task or pod whose agent gives out credentials. */
export interface ContainerPlan {
  /** The ARN of its role. */
  readonly role: string;
  /** Where the agent has them, with the query if it wants one: `/v2/credentials/ID`. */
  readonly path: string;
  /** What the Authorization header must be; absent: no matter. */
  readonly authorization?: string;
  /** The agent tells the account too. */
  readonly accountId?: boolean;
}

/** A sign-in with `aws login` that can be renewed. */
export interface LoginPlan {
  /** The ARN of the user who signed in. */
  readonly user: string;
  readonly clientId: string;
  readonly refreshToken: string;
  /** The public key that the refresh token is bound to: coordinates in base64url. */
  readonly key: { readonly x: string; readonly y: string };
}
