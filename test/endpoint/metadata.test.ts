import { describe, expect, test } from "bun:test";
import { isMetadataPath, type Metadata, respondAsMetadata } from "../../src/endpoint/metadata.ts";
import { Failure } from "../../src/lib/errors.ts";
import { noon } from "../support/fake-system.ts";

const served = {
  credentials: { accessKeyId: "ASIA1", secretAccessKey: "made-up", sessionToken: "made-up-token" },
  acquired: noon,
  expires: noon + 3_600_000,
};

function metadata(current: () => Promise<typeof served | Failure> = async () => served): Metadata {
  return {
    served: { current, renewWhenDue: () => {}, settle: async () => {} },
    region: "eu-west-1",
    key: new Uint8Array(32).fill(1),
    now: () => noon,
  };
}

function ask(method: string, target: string, headers: Record<string, string>, of = metadata()) {
  const header = (name: string) => headers[name];
  return respondAsMetadata({ method, target, header, isOurs: async () => false }, of);
}

const ttl = { "x-aws-ec2-metadata-token-ttl-seconds": "60" };

async function get(path: string, of = metadata()) {
  const { body } = await ask("PUT", "/latest/api/token", ttl, of);
  return ask("GET", `/latest/${path}`, { "x-aws-ec2-metadata-token": body }, of);
}

describe("respondAsMetadata()", () => {
  test("names the role and gives its credentials as EC2 does", async () => {
    expect((await get("meta-data/iam/security-credentials/")).body).toBe("aws-login");
    const { status, headers, body } = await get("meta-data/iam/security-credentials/aws-login");
    expect([status, headers["Cache-Control"]]).toEqual([200, "no-store"]);
    expect(JSON.parse(body)).toEqual({
      Code: "Success",
      Type: "AWS-HMAC",
      LastUpdated: "2030-01-31T12:00:00Z",
      AccessKeyId: "ASIA1",
      SecretAccessKey: "made-up",
      Token: "made-up-token",
      Expiration: "2030-01-31T13:00:00Z",
    });
  });

  test("tells the region where it knows one", async () => {
    expect((await get("meta-data/placement/region")).body).toBe("eu-west-1");
    expect((await get("meta-data/placement/availability-zone/")).body).toBe("eu-west-1a");
    expect(JSON.parse((await get("dynamic/instance-identity/document")).body)).toEqual({
      region: "eu-west-1",
    });
    const without = { ...metadata(), region: undefined };
    expect((await get("meta-data/placement/region", without)).status).toBe(404);
  });

  test("tells that there is a role", async () => {
    for (const path of ["meta-data/iam/info", "meta-data/iam/info/"])
      expect(JSON.parse((await get(path)).body)).toMatchObject({ Code: "Success" });
  });

  test("has a token's life in a header, and refuses one that EC2 refuses", async () => {
    const { headers } = await ask("PUT", "/latest/api/token", ttl);
    expect(headers["X-aws-ec2-metadata-token-ttl-seconds"]).toBe("60");
    expect((await ask("PUT", "/latest/api/token", {})).status).toBe(400);
  });

  test("answers version 1, and a token that it did not issue, with status 401", async () => {
    const path = "/latest/meta-data/iam/security-credentials/";
    expect(await ask("GET", path, {})).toMatchObject({ status: 401, body: "" });
    expect(await ask("GET", path, { "x-aws-ec2-metadata-token": "made-up" })).toMatchObject({ status: 401 });
  });

  test("refuses pages of a browser, proxies and other methods", async () => {
    for (const name of ["origin", "sec-fetch-site", "x-forwarded-for"]) {
      expect(await ask("PUT", "/latest/api/token", { ...ttl, [name]: "x" })).toMatchObject({
        status: 403,
        body: "",
      });
    }
    expect((await ask("POST", "/latest/api/token", ttl)).status).toBe(403);
    expect((await ask("PUT", "/latest/meta-data/", ttl)).status).toBe(403);
  });

  test("knows no other path", async () => {
    expect((await get("meta-data/iam/security-credentials-extended/")).status).toBe(404);
    expect((await get("user-data")).status).toBe(404);
  });

  test("tells what helps where there are no credentials", async () => {
    const failure = new Failure("sign-in-needed", "the sign-in ended", { hints: ["sign in"] });
    const of = metadata(async () => failure);
    const { status, body } = await get("meta-data/iam/security-credentials/aws-login", of);
    expect([status, JSON.parse(body)]).toEqual([
      200,
      expect.objectContaining({ Code: "CredentialsUnavailable", Message: "the sign-in ended; sign in" }),
    ]);
    expect(body).not.toContain("AccessKeyId");
  });
});

test("isMetadataPath() tells the paths of metadata from a secret path", () => {
  expect(isMetadataPath("/latest/api/token")).toBe(true);
  expect(isMetadataPath(`/${"0".repeat(64)}`)).toBe(false);
});
