/**
 * The services whose console page is not simply `/{name}/home?region={region}`, among them the short names that
 * people know. Common knowledge of tools that open the console, not a list that AWS publishes.
 */
export interface ConsolePage {
  /** In the place of the name. */
  readonly path?: string;
  /** False for services that have no regions. */
  readonly regional?: boolean;
}

export const consolePages: Readonly<Partial<Record<string, ConsolePage>>> = {
  c9: { path: "cloud9" },
  ce: { path: "cost-management" },
  cf: { path: "cloudfront" },
  cfn: { path: "cloudformation" },
  codeartifact: { path: "codesuite/codeartifact" },
  codecommit: { path: "codesuite/codecommit" },
  ct: { path: "cloudtrail" },
  cw: { path: "cloudwatch" },
  ddb: { path: "dynamodbv2" },
  dms: { path: "dms/v2" },
  dx: { path: "directconnect/v2", regional: false },
  dynamodb: { path: "dynamodbv2" },
  eb: { path: "elasticbeanstalk" },
  ebs: { path: "elasticbeanstalk" },
  ec2: { path: "ec2/v2" },
  eventbridge: { path: "events" },
  ga: { path: "globalaccelerator", regional: false },
  gd: { path: "guardduty" },
  globalaccelerator: { regional: false },
  iam: { path: "iamv2", regional: false },
  l: { path: "lambda" },
  organizations: { path: "organizations/v2" },
  orgs: { path: "organizations/v2" },
  param: { path: "systems-manager/parameters" },
  r53: { path: "route53/v2", regional: false },
  redshift: { path: "redshiftv2" },
  route53: { path: "route53/v2", regional: false },
  scrh: { path: "securityhub" },
  scrm: { path: "secretsmanager" },
  sfn: { path: "states" },
  sm: { path: "secretsmanager" },
  ssm: { path: "systems-manager" },
  sso: { path: "singlesignon" },
  stepfn: { path: "states" },
  tra: { path: "trustedadvisor", regional: false },
  trustedadvisor: { regional: false },
  waf: { path: "wafv2" },
  wafv2: { path: "wafv2/homev2" },
};
