import { describe, expect, test } from "bun:test";
import {
  loginUrl,
  logoutFirstUrl,
  readSigninToken,
  type SigninTokenInput,
  signinTokenRequest,
} from "../../../src/aws/console/federation.ts";
import { Failure } from "../../../src/lib/errors.ts";

const signInBase = "https://signin.aws.amazon.com";
const credentials = {
  accessKeyId: "ASIAMADEUP",
  secretAccessKey: "made/up+secret",
  sessionToken: "made up&token=",
};

/** What the call ends with. */
function refusal(call: () => unknown): Failure {
  try {
    call();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("signinTokenRequest()", () => {
  test("asks by GET, with the three members the service wants and no others", () => {
    const request = signinTokenRequest({
      signInBase,
      credentials: { ...credentials, expiration: 1, accountId: "012345678901" },
    });
    expect(request.method).toBe("GET");
    expect(request.body).toBeUndefined();
    const url = new URL(request.url);
    expect(url.origin + url.pathname).toBe("https://signin.aws.amazon.com/federation");
    expect([...url.searchParams.keys()]).toEqual(["Action", "Session"]);
    expect(url.searchParams.get("Action")).toBe("getSigninToken");
    expect(JSON.parse(url.searchParams.get("Session") ?? "")).toEqual({
      sessionId: "ASIAMADEUP",
      sessionKey: "made/up+secret",
      sessionToken: "made up&token=",
    });
    expect(request.url).not.toContain("+");
  });

  test("asks for a duration under the name that the service reads", () => {
    const { url } = signinTokenRequest({ signInBase, credentials, sessionDurationSeconds: 43_200 });
    expect(url).toContain("?Action=getSigninToken&SessionDuration=43200&Session=%7B%22sessionId%22");
  });

  test("asks by POST, with nothing in the URL, when the URL would be too long for many servers", () => {
    const ofLength = (length: number): SigninTokenInput => {
      const { url } = signinTokenRequest({ signInBase, credentials: { ...credentials, sessionToken: "" } });
      return { signInBase, credentials: { ...credentials, sessionToken: "t".repeat(length - url.length) } };
    };
    expect(signinTokenRequest(ofLength(7000))).toMatchObject({ method: "GET", headers: {} });
    expect(signinTokenRequest(ofLength(7000)).url.length).toBe(7000);
    const long = signinTokenRequest(ofLength(7001));
    expect(long).toMatchObject({
      method: "POST",
      url: "https://signin.aws.amazon.com/federation",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    const form = new URLSearchParams(long.body);
    expect([...form.keys()]).toEqual(["Action", "Session"]);
    expect(JSON.parse(form.get("Session") ?? "").sessionToken).toBe(ofLength(7001).credentials.sessionToken);
  });

  test.each([
    ["http://127.0.0.1:4566", "http://127.0.0.1:4566/federation?"],
    ["http://127.0.0.1:4566/", "http://127.0.0.1:4566/federation?"],
    ["https://example.com/sign-in", "https://example.com/sign-in/federation?"],
  ])("goes to %s when that is the base", (base, beginning) => {
    expect(signinTokenRequest({ signInBase: base, credentials }).url).toStartWith(beginning);
  });

  test("refuses long-term keys and says how to exchange them", () => {
    const { accessKeyId, secretAccessKey } = credentials;
    const failure = refusal(() =>
      signinTokenRequest({ signInBase, credentials: { accessKeyId, secretAccessKey } }),
    );
    expect(failure.message).toBe("cannot sign in to the console: long-term keys cannot be used there");
    expect(failure.hints.join()).toContain("--get-federation-token");
  });

  test.each([899, 43_201, 0, -1, 900.5, Number.NaN])(
    "refuses a duration of %p seconds",
    (sessionDurationSeconds) => {
      const failure = refusal(() => signinTokenRequest({ signInBase, credentials, sessionDurationSeconds }));
      expect(failure.kind).toBe("usage");
      expect(failure.message).toContain(`${sessionDurationSeconds} seconds`);
    },
  );
});

describe("readSigninToken()", () => {
  const response = (status: number, type: string | undefined, body: string) => ({
    status,
    headers: new Headers(type === undefined ? {} : { "content-type": type }),
    body,
  });

  test("takes the token out of the response, whatever its content type", () => {
    const body = `{"SigninToken": "made-up-token", "Other": 1}`;
    for (const type of ["application/json", "text/html", undefined]) {
      expect(readSigninToken(response(200, type, body))).toBe("made-up-token");
    }
  });

  const refused: Record<string, [status: number, type: string | undefined, body: string, message: string]> = {
    "a refusal": [
      400,
      "text/html",
      "Invalid credentials parameter made-up-secret",
      "the sign-in service refused the credentials (status 400)",
    ],
    "a failure of the service": [
      503,
      "text/html",
      "made-up-secret",
      "the sign-in service responded with status 503",
    ],
    "a token with a status that is not success": [
      403,
      "application/json",
      `{"SigninToken":"made-up-secret"}`,
      "the sign-in service responded with status 403",
    ],
    "a redirect": [302, undefined, "", "the sign-in service responded with status 302"],
    "a page of another sender": [
      200,
      "text/html; charset=utf-8",
      "<html>made-up-secret</html>",
      "the response to getSigninToken (status 200, text/html, 27 characters) holds no sign-in token",
    ],
    "half a response": [
      200,
      "application/json",
      `{"SigninToken":"made-up-secret`,
      "the response to getSigninToken (status 200, application/json, 30 characters) holds no sign-in token",
    ],
    "JSON of another kind": [
      200,
      "text/plain",
      `"made-up-secret"`,
      "the response to getSigninToken (status 200, text/plain, 16 characters) holds no sign-in token",
    ],
    "JSON null": [
      200,
      undefined,
      "null",
      "the response to getSigninToken (status 200, no content type, 4 characters) holds no sign-in token",
    ],
    "a list": [
      200,
      undefined,
      `["made-up-secret"]`,
      "the response to getSigninToken (status 200, no content type, 18 characters) holds no sign-in token",
    ],
    "a token that is no text": [
      200,
      undefined,
      `{"SigninToken":42}`,
      "the response to getSigninToken (status 200, no content type, 18 characters) holds no sign-in token",
    ],
    "an empty token": [
      200,
      undefined,
      `{"SigninToken":""}`,
      "the response to getSigninToken (status 200, no content type, 18 characters) holds no sign-in token",
    ],
    "a content type that is none": [
      200,
      "made-up-secret",
      "",
      "the response to getSigninToken (status 200, no content type, 0 characters) holds no sign-in token",
    ],
  };
  test.each(Object.entries(refused))(
    "refuses %s and repeats nothing of it",
    (_, [status, type, body, message]) => {
      const failure = refusal(() => readSigninToken(response(status, type, body)));
      expect(failure.kind).toBe("failed");
      expect(failure.message).toBe(message);
      expect([...failure.hints, ...failure.notes, String(failure.cause ?? "")].join()).not.toContain(
        "made-up-secret",
      );
    },
  );
});

describe("logoutFirstUrl()", () => {
  test("encodes the values of the URL behind it first, and then the whole", () => {
    const login = loginUrl({
      signInBase,
      destination: "https://console.aws.amazon.com/s3/home?region=eu-west-1&a=b",
      signInToken: "made+up/token==",
    });
    const url = new URL(logoutFirstUrl(login, undefined));
    expect(url.origin + url.pathname).toBe("https://us-east-1.signin.aws.amazon.com/oauth");
    expect([...url.searchParams]).toEqual([
      ["Action", "logout"],
      ["redirect_uri", login],
    ]);
    const inner = new URL(url.searchParams.get("redirect_uri") ?? "").searchParams;
    expect(inner.get("Destination")).toBe("https://console.aws.amazon.com/s3/home?region=eu-west-1&a=b");
    expect(inner.get("SigninToken")).toBe("made+up/token==");
  });

  test("signs out at a custom endpoint where one is set", () => {
    expect(logoutFirstUrl("https://x.example/?a=1", "http://127.0.0.1:1/")).toBe(
      "http://127.0.0.1:1/oauth?Action=logout&redirect_uri=https%3A%2F%2Fx.example%2F%3Fa%3D1",
    );
  });
});

describe("loginUrl()", () => {
  test("encodes every value", () => {
    const url = loginUrl({
      signInBase,
      destination: "https://console.aws.amazon.com/s3/home?region=eu-west-1&a=b c#d",
      signInToken: "made+up/token==",
    });
    expect(url).toBe(
      "https://signin.aws.amazon.com/federation?Action=login" +
        "&Destination=https%3A%2F%2Fconsole.aws.amazon.com%2Fs3%2Fhome%3Fregion%3Deu-west-1%26a%3Db%20c%23d" +
        "&SigninToken=made%2Bup%2Ftoken%3D%3D",
    );
  });
});
