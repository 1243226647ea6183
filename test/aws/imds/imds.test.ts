import { describe, expect, test } from "bun:test";
import { instanceMetadata } from "../../../src/aws/imds/imds.ts";
import { failureOf } from "../../support/failure.ts";
import {
  metadataCredentials as credentials,
  fakeMetadata,
  type MetadataTalk,
  metadataBase,
  metadataDocument,
  tokenPath,
} from "../../support/fake-metadata.ts";

const extended = "/latest/meta-data/iam/security-credentials-extended/";
const legacy = "/latest/meta-data/iam/security-credentials/";
const region = "/latest/meta-data/placement/region";
const document = JSON.stringify(metadataDocument);

/** A client of a service that gives a token and then answers as said. */
function metadata(talk: MetadataTalk, profileName?: string, baseUrl = metadataBase) {
  const { http, reach } = fakeMetadata([[tokenPath, "T"], ...talk], baseUrl);
  return instanceMetadata(http, { ...reach, profileName });
}

describe("instanceMetadata().credentials()", () => {
  const found: Record<string, MetadataTalk> = {
    "reads the newer folder": [
      [extended, "Web"],
      [`${extended}Web`, document],
    ],
    "takes the older path where there is no newer one": [
      [extended, 404],
      [legacy, "Web"],
      [`${legacy}Web`, document],
    ],
    "takes the older path where the newer one lacks the role": [
      [extended, "Web"],
      [`${extended}Web`, 404],
      [legacy, "Web"],
      [`${legacy}Web`, document],
    ],
    ...Object.fromEntries(
      ([400, 403, 405, "", "<html>", "..", "a/b", "a?b#c"] as const).map((reply) => [
        `takes the older path where the list of the newer one is ${JSON.stringify(reply)}`,
        [
          [extended, reply],
          [legacy, "Web"],
          [`${legacy}Web`, document],
        ] as MetadataTalk,
      ]),
    ),
    ...Object.fromEntries(
      ([400, 403, "", "<html>", "{}", document.slice(0, -5)] as const).map((reply) => [
        `takes the older path where the document of the newer one is ${JSON.stringify(reply).slice(0, 20)}`,
        [
          [extended, "Web"],
          [`${extended}Web`, reply],
          [legacy, "Web"],
          [`${legacy}Web`, document],
        ] as MetadataTalk,
      ]),
    ),
    ...Object.fromEntries(
      ([404, "", document.slice(0, -5)] as const).map((reply) => [
        `reads the folder again where the document is once ${JSON.stringify(reply).slice(0, 20)}`,
        [
          [extended, 404],
          [legacy, "Web"],
          [`${legacy}Web`, reply],
          [legacy, "Web"],
          [`${legacy}Web`, document],
        ] as MetadataTalk,
      ]),
    ),
    "asks again for a document that is late once": [
      [extended, 404],
      [legacy, "Web"],
      [`${legacy}Web`, "silence"],
      [`${legacy}Web`, document],
    ],
    "takes the first of several lines for the role": [
      [extended, "Web\r\nOther\n"],
      [`${extended}Web`, document],
    ],
  };
  test.each(Object.entries(found))("%s", async (_, talk) => {
    expect(await metadata(talk).credentials()).toEqual({ kind: "credentials", credentials, role: "Web" });
  });

  test("keeps the path of an endpoint", async () => {
    const talk: MetadataTalk = [
      [extended, "Web"],
      [`${extended}Web`, document],
    ];
    const client = metadata(talk, undefined, "http://[fd00:ec2::254]/prefix");
    expect(await client.credentials()).toMatchObject({ kind: "credentials" });
  });

  test("does not read the list when a role is configured", async () => {
    const talk: MetadataTalk = [
      [`${extended}Named`, 404],
      [`${legacy}Named`, document],
    ];
    expect(await metadata(talk, "Named").credentials()).toMatchObject({ credentials, role: "Named" });
  });

  test("is absent where the instance has no role", async () => {
    const talk: MetadataTalk = [
      [extended, 404],
      [legacy, 404],
    ];
    const why = "the instance has no instance profile";
    expect(await metadata(talk).credentials()).toEqual({ kind: "absent", why, timedOut: false });
  });

  test("is absent where no service responds", async () => {
    const { http, reach } = fakeMetadata([[tokenPath, "silence"]]);
    const why = `no service responds at ${metadataBase}`;
    expect(await instanceMetadata(http, reach).credentials()).toEqual({
      kind: "absent",
      why,
      timedOut: true,
    });
  });

  const refusals: Record<string, [reply: string | number, says: string]> = {
    "a list that is refused": [403, `${legacy} returned status 403`],
    "an empty list": ["", `${legacy} did not name a role`],
    "a list that is a page": ["<html>", `${legacy} did not name a role`],
    "a role that would leave its folder": ["..", `${legacy} did not name a role`],
    "a role that would go deeper": ["a/b", `${legacy} did not name a role`],
    "a role that would end the path": ["a?b#c", `${legacy} did not name a role`],
  };
  test.each(Object.entries(refusals))("stops at %s", async (_, [reply, says]) => {
    const talk: MetadataTalk = [
      [extended, 404],
      [legacy, reply],
    ];
    const failure = await failureOf(() => metadata(talk).credentials());
    expect(failure.message).toBe(`cannot read instance metadata: ${says}`);
    expect(failure.kind).toBe("failed");
  });

  test("stops at keys that are refused", async () => {
    const talk: MetadataTalk = [
      [extended, 404],
      [legacy, "Web"],
      [`${legacy}Web`, 403],
    ];
    const failure = await failureOf(() => metadata(talk).credentials());
    expect(failure.message).toBe(`cannot read instance metadata: ${legacy}Web returned status 403`);
  });

  test("stops at a listed role that has no document, when it was asked for twice", async () => {
    const talk: MetadataTalk = [
      [extended, 404],
      [legacy, "Web"],
      [`${legacy}Web`, 404],
      [legacy, "Web"],
      [`${legacy}Web`, 404],
    ];
    const failure = await failureOf(() => metadata(talk).credentials());
    expect(failure.message).toBe(`cannot read instance metadata: ${legacy}Web returned status 404`);
  });

  test("stops at a named role that the instance does not have, when it was asked for twice", async () => {
    const talk: MetadataTalk = [
      [`${extended}Named`, 404],
      [`${legacy}Named`, 404],
      [`${legacy}Named`, 404],
    ];
    const failure = await failureOf(() => metadata(talk, "Named").credentials());
    expect(failure.message).toBe("cannot read instance metadata: the instance has no instance profile Named");
    expect(failure.hints.join()).toContain("AWS_EC2_INSTANCE_PROFILE_NAME");
  });

  test("stops at an error document that comes with status 200", async () => {
    const talk: MetadataTalk = [
      [extended, "Web"],
      [`${extended}Web`, '{"Code": "AssumeRoleUnauthorizedAccess"}'],
    ];
    const failure = await failureOf(() => metadata(talk).credentials());
    expect(failure.message).toEndWith("AssumeRoleUnauthorizedAccess");
  });
});

describe("instanceMetadata().region()", () => {
  const answers: Record<string, [talk: MetadataTalk, name: string | undefined]> = {
    "is the first line of the response": [[[region, "eu-west-3\n"]], "eu-west-3"],
    "is unknown where there is no such path": [[[region, 404]], undefined],
    "is unknown where the response is empty": [[[region, "\n"]], undefined],
  };
  test.each(Object.entries(answers))("%s", async (_, [talk, name]) => {
    expect(await metadata(talk).region()).toBe(name);
  });

  test("is not taken from a page", async () => {
    const failure = await failureOf(() => metadata([[region, "<!DOCTYPE html>\n<p>Welcome"]]).region());
    expect(failure.message).toBe(`cannot read instance metadata: ${region} did not name a region`);
  });

  test("is unknown where no service responds", async () => {
    const { http, reach } = fakeMetadata([[tokenPath, "silence"]]);
    expect(await instanceMetadata(http, reach).region()).toBeUndefined();
  });

  test("costs no second token", async () => {
    const client = metadata([
      [region, "eu-west-3"],
      [extended, "Web"],
      [`${extended}Web`, document],
    ]);
    expect(await client.region()).toBe("eu-west-3");
    expect(await client.credentials()).toMatchObject({ kind: "credentials" });
  });
});
