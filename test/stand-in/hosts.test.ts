import { expect, test } from "bun:test";
import { identifyHost } from "./hosts.ts";

const KNOWN = {
  "sts.amazonaws.com": "sts aws us-east-1",
  "sts.eu-west-1.amazonaws.com": "sts aws eu-west-1",
  "sts-fips.us-east-1.amazonaws.com": "sts aws us-east-1",
  "sts.us-east-1.api.aws": "sts aws us-east-1",
  "sts-fips.us-east-1.api.aws": "sts aws us-east-1",
  "sts.cn-north-1.amazonaws.com.cn": "sts aws-cn cn-north-1",
  "sts.cn-northwest-1.api.amazonwebservices.com.cn": "sts aws-cn cn-northwest-1",
  "sts.us-gov-west-1.amazonaws.com": "sts aws-us-gov us-gov-west-1",
  "sts-fips.us-gov-east-1.api.aws": "sts aws-us-gov us-gov-east-1",
  "sts.eusc-de-east-1.amazonaws.eu": "sts aws-eusc eusc-de-east-1",
  "sts.us-iso-east-1.c2s.ic.gov": "sts aws-iso us-iso-east-1",
  "sts.us-isob-east-1.sc2s.sgov.gov": "sts aws-iso-b us-isob-east-1",
  "sts.eu-isoe-west-1.cloud.adc-e.uk": "sts aws-iso-e eu-isoe-west-1",
  "sts.us-isof-south-1.csp.hci.ic.gov": "sts aws-iso-f us-isof-south-1",
  "s3.eu-west-1.amazonaws.com": "s3 aws eu-west-1",
  "run-actions-1-azure-eastus.actions.githubusercontent.com": "actions aws -",
  "signin.aws.amazon.com": "signin aws -",
  "us-east-1.signin.aws.amazon.com": "signin aws -",
  "signin.amazonaws.cn": "signin aws-cn -",
  "signin.amazonaws-us-gov.com": "signin aws-us-gov -",
  "signin.amazonaws-eusc.eu": "signin aws-eusc -",
  "console.aws.amazon.com": "console aws -",
  "eu-west-1.console.aws.amazon.com": "console aws -",
  "111111111111-abc.eu-west-1.console.aws.amazon.com": "console aws -",
  "console.amazonaws.cn": "console aws-cn -",
  "portal.sso.us-east-1.amazonaws.com": "portal aws us-east-1",
  "portal.sso-fips.us-east-1.amazonaws.com": "portal aws us-east-1",
  "portal.sso.eu-west-1.api.aws": "portal aws eu-west-1",
  "portal.sso-fips.eu-west-1.api.aws": "portal aws eu-west-1",
  "portal.sso.us-gov-west-1.amazonaws.com": "portal aws-us-gov us-gov-west-1",
  "portal.sso-fips.us-gov-west-1.api.aws": "portal aws-us-gov us-gov-west-1",
  "portal.sso.cn-north-1.amazonaws.com.cn": "portal aws-cn cn-north-1",
  "oidc.us-east-1.amazonaws.com": "oidc aws us-east-1",
  "oidc-fips.us-east-1.amazonaws.com": "oidc aws us-east-1",
  "oidc.us-east-1.api.aws": "oidc aws us-east-1",
  "oidc-fips.us-east-1.api.aws": "oidc aws us-east-1",
  "oidc.cn-northwest-1.api.amazonwebservices.com.cn": "oidc aws-cn cn-northwest-1",
  "oidc.eusc-de-east-1.amazonaws.eu": "oidc aws-eusc eusc-de-east-1",
  "oidc.us-gov-east-1.amazonaws.com": "oidc aws-us-gov us-gov-east-1",
  "d-9876543210.awsapps.com": "start-page aws -",
  "start.us-gov-home.awsapps.com": "start-page aws-us-gov -",
  "d-9876543210.awsapps.cn": "start-page aws-cn -",
  "ssoins-1.portal.eu-west-1.app.aws": "start-page aws eu-west-1",
  "ssoins-1.us-east-1.portal.amazonaws.com": "start-page aws us-east-1",
  "ssoins-1.cn-north-1.portal.amazonaws.com.cn": "start-page aws-cn cn-north-1",
  "ssoins-1.eusc-de-east-1.portal.amazonaws.eu": "start-page aws-eusc eusc-de-east-1",
};

for (const [host, expected] of Object.entries(KNOWN)) {
  test(`identifyHost knows ${host}`, () => {
    const identity = identifyHost(host);
    expect(
      `${identity?.service} ${identity?.partition} ${identity?.signingRegion ?? identity?.region ?? "-"}`,
    ).toBe(expected);
  });
}

const UNKNOWN = {
  "a host outside AWS": "example.com",
  "a service that is not played": "ec2.us-east-1.amazonaws.com",
  "a region of no partition": "sts.moon-1.amazonaws.com",
  "China without its suffix": "sts.cn-north-1.amazonaws.com",
  "a region of the rest of the world under China's suffix": "sts.eu-west-1.amazonaws.com.cn",
  "the FIPS name that GovCloud does not have": "sts-fips.us-gov-west-1.amazonaws.com",
  "a name that only ends like a sign-in host": "evilsignin.aws.amazon.com",
  "the portal's FIPS name that GovCloud does not have": "portal.sso-fips.us-gov-west-1.amazonaws.com",
  "an OIDC host of no region": "oidc.amazonaws.com",
  "OIDC in China without its suffix": "oidc.cn-north-1.amazonaws.com",
  "a start URL below another's host": "evil.d-9876543210.awsapps.com",
  "a start URL in a region of no partition": "ssoins-1.portal.moon-1.app.aws",
  "a name that goes on after the suffix": "sts.amazonaws.com.example.com",
};

for (const [name, host] of Object.entries(UNKNOWN)) {
  test(`identifyHost does not know ${name}`, () => {
    expect(identifyHost(host)).toBeUndefined();
  });
}
