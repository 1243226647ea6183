import { expect, test } from "bun:test";
import { authorizeUrl } from "../../../src/aws/sso/authorize-url.ts";

const request = {
  clientId: "id",
  redirectUri: "http://127.0.0.1:4321/oauth/callback",
  state: "state",
  scopes: ["sso:account:access", "other"],
  codeChallenge: "challenge",
};

test("authorizeUrl() names the scopes in the plural and encodes every parameter", () => {
  expect(authorizeUrl({ url: "https://oidc.us-east-1.amazonaws.com" }, request)).toBe(
    "https://oidc.us-east-1.amazonaws.com/authorize?response_type=code&client_id=id&redirect_uri=http%3A%2F%2F127.0.0.1%3A4321%2Foauth%2Fcallback&state=state&code_challenge_method=S256&scopes=sso%3Aaccount%3Aaccess%20other&code_challenge=challenge",
  );
});

test("authorizeUrl() leaves the scopes out when there are none", () => {
  expect(authorizeUrl({ url: "https://oidc.example" }, { ...request, scopes: [] })).not.toContain("scopes");
});
