import { expect, test } from "bun:test";
import { confirmationUrl, loginAuthorizeUrl, SIGNIN_CLIENTS } from "../../../src/aws/signin/authorize-url.ts";

const endpoint = { url: "https://eu-west-1.signin.aws.amazon.com" };

test("loginAuthorizeUrl() has the parameters of the AWS CLI, in its order, each encoded", () => {
  const url = loginAuthorizeUrl(endpoint, {
    clientId: SIGNIN_CLIENTS["same-device"],
    redirectUri: "http://127.0.0.1:1/oauth/callback",
    state: "s",
    codeChallenge: "c",
  });
  expect(url).toBe(
    "https://eu-west-1.signin.aws.amazon.com/v1/authorize?response_type=code" +
      "&client_id=arn%3Aaws%3Asignin%3A%3A%3Adevtools%2Fsame-device&state=s&code_challenge_method=SHA-256" +
      "&scope=openid&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Foauth%2Fcallback&code_challenge=c",
  );
});

test("confirmationUrl() is the page of the sign-in service that shows the code", () => {
  expect(confirmationUrl(endpoint)).toBe("https://eu-west-1.signin.aws.amazon.com/v1/sessions/confirmation");
});
