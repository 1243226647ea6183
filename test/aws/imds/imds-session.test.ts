import { describe, expect, test } from "bun:test";
import { metadataFailure, metadataSession } from "../../../src/aws/imds/imds-session.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeMetadata, type MetadataTalk, metadataBase, tokenPath } from "../../support/fake-metadata.ts";
import { noon } from "../../support/fake-system.ts";

const path = "/latest/a";
const options =
  "look at the instance's metadata options, or set AWS_EC2_METADATA_DISABLED=true to skip this source";

/** A session, and a service that answers as said. */
function session(talk: MetadataTalk, settings: { attempts?: number; timeoutMilliseconds?: number } = {}) {
  const { system, http, reach } = fakeMetadata(talk);
  return { ...metadataSession(http, { ...reach, ...settings }), system, traced: http.traced };
}

/** A response that begins and breaks off. */
function cut(): Response {
  return new Response(
    new ReadableStream({
      pull(controller) {
        controller.error(Object.assign(new TypeError("cut"), { code: "ECONNRESET" }));
      },
    }),
  );
}

function reset(): Error {
  return Object.assign(new TypeError("reset"), { code: "ECONNRESET" });
}

function times(count: number, entry: MetadataTalk[number]): MetadataTalk {
  return Array.from({ length: count }, () => entry);
}

describe("metadataSession()", () => {
  test("metadataSession() counts every token that it was given as a secret", async () => {
    const { get, secrets } = session([
      [tokenPath, "T"],
      [path, 401],
      [tokenPath, "U"],
      [path, "here"],
    ]);
    expect(secrets()).toEqual([]);
    await get(path);
    expect(secrets()).toEqual(["T", "U"]);
  });

  const answered: Record<string, [talk: MetadataTalk, status: number, body: string]> = {
    "returns what is at the path": [
      [
        [tokenPath, "T"],
        [path, "here"],
      ],
      200,
      "here",
    ],
    "returns a 404": [
      [
        [tokenPath, "T"],
        [path, 404],
      ],
      404,
      "no",
    ],
    "does not follow a redirect": [
      [
        [tokenPath, "T"],
        [path, new Response("", { status: 302, headers: { location: "http://evil.example/" } })],
      ],
      302,
      "",
    ],
    "reads nothing of a response that is too large": [
      [
        [tokenPath, "T"],
        [path, new Response(new Uint8Array(5 * 1024 * 1024))],
      ],
      200,
      "",
    ],
    "asks for a token again when it has expired": [
      [
        [tokenPath, "T"],
        [path, 401],
        [tokenPath, "U"],
        [path, "here"],
      ],
      200,
      "here",
    ],
    "asks again after a status of the 500s, three times for token and path each": [
      [
        [tokenPath, 500],
        [tokenPath, 503],
        [tokenPath, 502],
        [tokenPath, "T"],
        [path, 500],
        [path, 500],
        [path, 599],
        [path, "here"],
      ],
      200,
      "here",
    ],
    "gives up after three retries": [
      [
        [tokenPath, "T"],
        [path, 500],
        [path, 500],
        [path, 500],
        [path, 503],
      ],
      503,
      "no",
    ],
    "counts an expired token as a retry": [
      [
        [tokenPath, "T"],
        [path, 401],
        [tokenPath, "U"],
        [path, 500],
        [path, 401],
        [tokenPath, "V"],
        [path, 401],
      ],
      401,
      "no",
    ],
    "does not ask again after any other status": [
      [
        [tokenPath, "T"],
        [path, 429],
      ],
      429,
      "no",
    ],
  };
  test.each(Object.entries(answered))("metadataSession() %s", async (_, [talk, status, body]) => {
    expect(await session(talk).get(path)).toEqual({ status, body });
  });

  test("metadataSession() waits longer before each retry, and not at all for an expired token", async () => {
    const { get, system } = session([
      [tokenPath, 500],
      [tokenPath, 503],
      [tokenPath, "T"],
      [path, 401],
      [tokenPath, "U"],
      [path, 500],
      [path, 500],
      [path, "here"],
    ]);
    await get(path);
    expect(system.sleeps).toEqual([500, 1000, 1000, 2000]);
  });

  test("metadataSession() sends the token it was given, and neither proxy nor certificates nor body", async () => {
    const { get, system } = session([
      [tokenPath, "T-1"],
      [path, 401],
      [tokenPath, "T-2"],
      [path, "here"],
      ["/latest/b", "there"],
    ]);
    await get(path);
    await get("/latest/b");
    const ttl = { "x-aws-ec2-metadata-token-ttl-seconds": "21600" };
    const [one, two] = ["T-1", "T-2"].map((value) => ({ "x-aws-ec2-metadata-token": value }));
    const sent: unknown[] = system.requests.map(({ headers }) => headers);
    expect(sent).toEqual([ttl, one, ttl, two, two]);
    for (const request of system.requests) expect(request).not.toContainAnyKeys(["proxy", "ca", "body"]);
  });

  test("metadataSession() traces paths and outcomes, not the bodies of the responses", async () => {
    const { get, traced } = session([
      [tokenPath, "T-1"],
      [path, 500],
      [path, "silence"],
      [path, "silence"],
    ]);
    await failureOf(() => get(path));
    expect(traced).toEqual([
      `PUT 169.254.169.254 ${tokenPath}: 200, 0 ms`,
      `GET 169.254.169.254 ${path}: 500, 0 ms`,
      "instance metadata is unwell, the next attempt in 500 ms",
      `GET 169.254.169.254 ${path}: no response, 1000 ms`,
      `GET 169.254.169.254 ${path}: no response, 1000 ms`,
    ]);
  });
});

describe("metadataSession() without a response", () => {
  const absent = { absent: `no service responds at ${metadataBase}`, timedOut: false };

  test("metadataSession() takes a token request that times out for no service, after one attempt", async () => {
    const { get, system } = session([[tokenPath, "silence"]]);
    expect(await get(path)).toEqual({ ...absent, timedOut: true });
    expect(system.now() - noon).toBe(1000);
  });

  test("metadataSession() tries as often and waits as long as the settings say", async () => {
    const { get, system } = session(times(3, [tokenPath, "silence"]), {
      timeoutMilliseconds: 2000,
      attempts: 3,
    });
    expect(await get(path)).toEqual({ ...absent, timedOut: true });
    expect(system.now() - noon).toBe(6000);
  });

  test("metadataSession() takes a refused connection for no service", async () => {
    const refused = Object.assign(new Error("no"), { code: "ECONNREFUSED" });
    expect(await session([[tokenPath, refused]]).get(path)).toEqual(absent);
  });

  test("metadataSession() goes on when a later attempt gets a response", async () => {
    const talk: MetadataTalk = [
      [tokenPath, "silence"],
      [tokenPath, "T"],
      [path, "silence"],
      [path, "here"],
    ];
    expect(await session(talk, { attempts: 2 }).get(path)).toEqual({ status: 200, body: "here" });
  });

  const brokenTokens: [name: string, reply: () => Response | Error][] = [
    ["a token that is cut", cut],
    ["a token request that is reset", reset],
  ];
  test.each(brokenTokens)("metadataSession() asks once more after %s", async (_, reply) => {
    const found = session([
      [tokenPath, reply()],
      [tokenPath, "T"],
      [path, "here"],
    ]);
    expect(await found.get(path)).toEqual({ status: 200, body: "here" });
    const lost = session([
      [tokenPath, reply()],
      [tokenPath, reply()],
    ]);
    expect(await lost.get(path)).toEqual(absent);
    expect(lost.system.sleeps).toEqual([500]);
  });

  test("metadataSession() asks once more after a token that is cut, although the service was unwell before", async () => {
    const { get } = session([
      [tokenPath, new Response("", { status: 503 })],
      [tokenPath, cut()],
      [tokenPath, "T"],
      [path, "here"],
    ]);
    expect(await get(path)).toEqual({ status: 200, body: "here" });
  });

  const brokenResponses: [name: string, reply: () => Response | Error | "silence"][] = [
    ["a response that is cut", cut],
    ["a request that is reset", reset],
    ["a response that is late", () => "silence"],
  ];
  test.each(brokenResponses)(
    "metadataSession() asks again after %s, once it has a token",
    async (_, reply) => {
      const { get } = session([
        [tokenPath, "T"],
        [path, reply()],
        [path, "here"],
      ]);
      expect(await get(path)).toEqual({ status: 200, body: "here" });
    },
  );

  test("metadataSession() gives up after three retries of a cut response, and after one of a late one", async () => {
    for (const [count, reply] of [
      [4, cut],
      [2, () => "silence"],
    ] as const) {
      const talk = Array.from({ length: count }, () => [path, reply()] as const);
      const failure = await failureOf(() => session([[tokenPath, "T"], ...talk]).get(path));
      expect(failure.message).toBe(`cannot read instance metadata: ${path} got no response`);
    }
  });
});

describe("metadataSession() at an https endpoint", () => {
  const baseUrl = "https://metadata.test";
  const ca = { pem: "made-up PEM", source: "AWS_CA_BUNDLE" };

  test("metadataSession() trusts the configured certificates", async () => {
    const { system, http, reach } = fakeMetadata(
      [
        [tokenPath, "T"],
        [path, "here"],
      ],
      baseUrl,
    );
    await metadataSession({ ...http, ca }, reach).get(path);
    expect(system.requests.map((request) => request.ca)).toEqual([ca.pem, ca.pem]);
  });

  test("metadataSession() traces why there was no response", async () => {
    const untrusted = Object.assign(new Error("no"), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
    const { http, reach } = fakeMetadata([[tokenPath, untrusted]], baseUrl);
    expect(await metadataSession(http, reach).get(path)).toEqual({
      absent: `no service responds at ${baseUrl}`,
      timedOut: false,
    });
    expect(http.traced).toEqual([
      "PUT metadata.test /latest/api/token: metadata.test: the TLS certificate is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE), 0 ms",
    ]);
  });
});

describe("metadataSession() refuses to go on without a token", () => {
  const refusals: Record<string, [talk: MetadataTalk, why: string, hint: string]> = {
    "when the service is switched off": [
      [[tokenPath, 403]],
      "status 403",
      "instance metadata is switched off for this instance, or a proxy stands in the way",
    ],
    "when the service knows no tokens": [[[tokenPath, 404]], "status 404", options],
    "when the request was wrong": [[[tokenPath, 400]], "status 400", options],
    "when the service redirects": [[[tokenPath, 301]], "status 301", options],
    "when the service stays unwell": [times(4, [tokenPath, 500]), "status 500", options],
    "when the token is empty": [[[tokenPath, ""]], "something that is not a token", options],
    "when the token is a page": [[[tokenPath, "<html> </html>"]], "something that is not a token", options],
    "when the token holds a line end": [[[tokenPath, "T\r\nx: y"]], "something that is not a token", options],
    "when the token ends in a line end": [[[tokenPath, "T\n"]], "something that is not a token", options],
  };
  test.each(Object.entries(refusals))("%s", async (_, [talk, why, hint]) => {
    const failure = await failureOf(() => session(talk).get(path));
    expect(failure.message).toBe(`cannot read instance metadata: the token request returned ${why}`);
    expect([failure.kind, ...failure.hints]).toEqual(["failed", hint]);
  });
});

test("metadataFailure() has a hint for each status", () => {
  expect(metadataFailure("x", undefined).hints).toEqual([options]);
});
