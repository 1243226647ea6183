import { describe, expect, test } from "bun:test";
import { portalLinkUrl } from "../../../src/aws/console/portal-link.ts";
import { failureOf } from "../../support/failure.ts";

const role = { accountId: "012345678901", roleName: "Read/Only+x", destination: undefined };
const query = "account_id=012345678901&role_name=Read%2FOnly%2Bx";

describe("portalLinkUrl()", () => {
  const forms: Record<string, string> = {
    "https://d-1234567890.awsapps.com/start": "https://d-1234567890.awsapps.com/start",
    "https://d-1234567890.awsapps.com/start/#/": "https://d-1234567890.awsapps.com/start",
    "https://d-1234567890.awsapps.com/start/#": "https://d-1234567890.awsapps.com/start",
    "https://start.us-gov-home.awsapps.com/directory/my-org":
      "https://start.us-gov-home.awsapps.com/directory/my-org",
    "https://ssoins-1.portal.eu-west-1.app.aws": "https://ssoins-1.portal.eu-west-1.app.aws",
  };
  for (const [startUrl, page] of Object.entries(forms)) {
    test(`portalLinkUrl() adds the link to ${startUrl}`, () => {
      expect(portalLinkUrl({ startUrl, ...role })).toBe(`${page}/#/console?${query}`);
    });
  }

  test("portalLinkUrl() encodes the destination", () => {
    const destination = "https://console.aws.amazon.com/s3/home?region=eu-west-1&a=b#c";
    const startUrl = "https://d-1234567890.awsapps.com/start";
    expect(portalLinkUrl({ startUrl, ...role, destination })).toBe(
      `${startUrl}/#/console?${query}&destination=${encodeURIComponent(destination)}`,
    );
  });

  test("portalLinkUrl() refuses an issuer URL, which is no page", async () => {
    const startUrl = "https://identitycenter.amazonaws.com/ssoins-1234567890abcdef";
    const failure = await failureOf(() => portalLinkUrl({ startUrl, ...role }));
    expect(failure.message).toContain("is not the address of the portal's page");
  });
});
