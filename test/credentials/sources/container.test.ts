import { describe, expect, test } from "bun:test";
import { acquireFromContainer, containerSource } from "../../../src/credentials/sources/container.ts";
import type { Environment } from "../../../src/system/types.ts";
import { failureOf, shownText } from "../../support/failure.ts";
import { fakeHttpClient } from "../../support/fake-http-client.ts";
import { fakeSystem, noon } from "../../support/fake-system.ts";

describe("the plan of a container", () => {
  const relative = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/made-up" };
  const full = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:8080/made-up" };
  const fromFile = { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/run/token" };
  const fromText = { AWS_CONTAINER_AUTHORIZATION_TOKEN: "made-up-text" };

  describe("containerSource()", () => {
    test("containerSource() is nothing outside of a container", () => {
      expect(containerSource({})).toBeUndefined();
      expect(
        containerSource({
          AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "",
          AWS_CONTAINER_CREDENTIALS_FULL_URI: "",
        }),
      ).toBeUndefined();
      expect(containerSource({ ...fromFile, ...fromText })).toBeUndefined();
    });

    test("containerSource() prefers the relative URI", () => {
      const source = containerSource({ ...full, ...relative });
      expect(source?.address.url.href).toBe("http://169.254.170.2/v2/made-up");
      expect(source?.from).toBe("container credentials (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)");
    });

    test("containerSource() takes the full URI where the relative one is empty", () => {
      const source = containerSource({ ...full, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "" });
      expect(source?.address.url.href).toBe("http://127.0.0.1:8080/made-up");
    });

    test("containerSource() refuses an address before anything is read or sent", async () => {
      const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://creds.example/x", ...fromFile };
      const failure = await failureOf(() => containerSource(env));
      expect(failure.message).toStartWith(
        "cannot use AWS_CONTAINER_CREDENTIALS_FULL_URI: the host creds.example",
      );
    });

    test("containerSource() knows the token's file, and prefers it to the token", () => {
      expect(containerSource(full)?.authorization).toBeUndefined();
      expect(containerSource({ ...full, ...fromText })?.authorization).toEqual({ text: "made-up-text" });
      expect(containerSource({ ...full, ...fromText, ...fromFile })?.authorization).toEqual({
        file: "/run/token",
      });
    });
  });
});

const full = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:8080/made-up" };
const url = "http://127.0.0.1:8080/made-up";
const tokenFile = "/run/token";
const fromFile = { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenFile };
const fromText = { AWS_CONTAINER_AUTHORIZATION_TOKEN: "made-up-text" };

const answer = (expiration = "2030-01-31T18:00:00Z") =>
  Response.json({
    AccessKeyId: "ASIAMADEUP",
    SecretAccessKey: "made-up-secret",
    Token: "made-up-token",
    Expiration: expiration,
  });

function scene(env: Environment, file?: string | Error) {
  const system = fakeSystem({ files: file === undefined ? {} : { [tokenFile]: file } });
  const source = containerSource({ ...full, ...env });
  if (source === undefined) throw new Error("no source");
  return { system, acquire: () => acquireFromContainer(source, fakeHttpClient(system), system) };
}

describe("acquireFromContainer()", () => {
  const sent: Record<string, [env: Environment, file: string | undefined, header: string | undefined]> = {
    "no token where none is set": [{}, undefined, undefined],
    "the token of the variable": [fromText, undefined, "made-up-text"],
    "the token of the file, blanks included": [fromFile, " made-up file ", " made-up file "],
    "the token of the file before that of the variable": [
      { ...fromText, ...fromFile },
      "made-up-file",
      "made-up-file",
    ],
    "no token for an empty variable": [{ AWS_CONTAINER_AUTHORIZATION_TOKEN: "" }, undefined, undefined],
  };
  for (const [sentence, [env, file, header]] of Object.entries(sent)) {
    test(`acquireFromContainer() sends ${sentence}`, async () => {
      const { system, acquire } = scene(env, file);
      system.expect("GET", url, answer());
      expect(await acquire()).toMatchObject({ accessKeyId: "ASIAMADEUP" });
      expect(system.requests[0]?.headers.authorization).toBe(header);
    });
  }

  test("acquireFromContainer() reads the file anew for each attempt", async () => {
    const texts = ["old", "new"];
    const system = fakeSystem({ instead: { readText: async () => texts.shift() } });
    const source = containerSource({ ...full, ...fromFile });
    if (source === undefined) throw new Error("no source");
    system.expect("GET", url, new Response("", { status: 401 }));
    system.expect("GET", url, answer());
    await acquireFromContainer(source, fakeHttpClient(system), system);
    expect(system.requests.map(({ headers }) => headers.authorization)).toEqual(["old", "new"]);
  });

  const inFile = `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE (${tokenFile})`;
  const inText = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
  const noHeader = "the token holds characters that no header can hold";
  const refused: Record<string, [env: Environment, file: string | Error | undefined, why: string]> = {
    "a missing file": [fromFile, undefined, `${inFile}: there is no such file`],
    "a missing file although the variable has a token": [
      { ...fromText, ...fromFile },
      undefined,
      `${inFile}: there is no such file`,
    ],
    "a file that cannot be read": [fromFile, new Error("EACCES"), `${inFile}: it cannot be read: EACCES`],
    "an empty file": [fromFile, "", `${inFile}: the file is empty`],
    "a file that ends its line": [fromFile, "made-up\n", `${inFile}: the token holds a line end`],
    "a file that ends its line with CR": [fromFile, "made-up\r", `${inFile}: the token holds a line end`],
    "a variable with a header in it": [
      { AWS_CONTAINER_AUTHORIZATION_TOKEN: "made-up\r\nX-Evil: 1" },
      undefined,
      `${inText}: the token holds a line end`,
    ],
    "a variable with a control character": [
      { AWS_CONTAINER_AUTHORIZATION_TOKEN: "made-up\u0000" },
      undefined,
      `${inText}: ${noHeader}`,
    ],
    "a file with letters that no header holds": [fromFile, "made-up-é", `${inFile}: ${noHeader}`],
  };
  for (const [sentence, [env, file, why]] of Object.entries(refused)) {
    test(`acquireFromContainer() refuses ${sentence} and sends no request`, async () => {
      const { system, acquire } = scene(env, file);
      const failure = await failureOf(acquire);
      expect(failure.message).toBe(`cannot use ${why}`);
      expect(shownText(failure)).not.toContain("made-up");
      expect(system.requests).toEqual([]);
    });
  }

  test("acquireFromContainer() refuses credentials that have expired", async () => {
    const { system, acquire } = scene({});
    system.expect("GET", url, answer("2030-01-31T12:00:00Z"));
    const failure = await failureOf(acquire);
    expect(failure.message).toBe(
      "cannot use the container credentials (AWS_CONTAINER_CREDENTIALS_FULL_URI): 127.0.0.1:8080 serves credentials that expired at 2030-01-31T12:00:00Z",
    );
  });

  test("acquireFromContainer() takes credentials that have a second left", async () => {
    const { system, acquire } = scene({});
    system.expect("GET", url, answer("2030-01-31T12:00:01Z"));
    expect((await acquire()).expiration).toBe(noon + 1000);
  });
});
