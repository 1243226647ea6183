import { describe, expect, test } from "bun:test";
import {
  partitionById,
  partitionOfRegion,
  partitions,
  surePartitionOfRegion,
} from "../../../src/aws/endpoints/partitions.ts";

const regionsOf: Record<string, string> = {
  aws:
    "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 " +
    "ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 " +
    "eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 " +
    "me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 aws-global",
  "aws-cn": "cn-north-1 cn-northwest-1 aws-cn-global",
  "aws-us-gov": "us-gov-east-1 us-gov-west-1 aws-us-gov-global",
  "aws-eusc": "eusc-de-east-1",
  "aws-iso": "us-iso-east-1 us-iso-west-1 aws-iso-global",
  "aws-iso-b": "us-isob-east-1 us-isob-west-1 aws-iso-b-global",
  "aws-iso-e": "eu-isoe-west-1 aws-iso-e-global",
  "aws-iso-f": "us-isof-east-1 us-isof-south-1 aws-iso-f-global",
};

describe("partitionOfRegion()", () => {
  const pairs = Object.entries(regionsOf).flatMap(([id, names]) =>
    names.split(" ").map((name) => [name, id]),
  );
  test.each(pairs)("knows %s as a region of %s", (region, id) => {
    expect(partitionOfRegion(region).id).toBe(id);
    expect(surePartitionOfRegion(region)?.id).toBe(region === "aws-global" ? undefined : id);
  });
  test.each([
    ["us-east-99", "aws"],
    ["cn-south-1", "aws-cn"],
    ["us-gov-central-1", "aws-us-gov"],
    ["eusc-de-west-2", "aws-eusc"],
    ["us-isof-north-9", "aws-iso-f"],
  ])("recognises the new region %s by its shape as one of %s", (region, id) => {
    expect(partitionOfRegion(region).id).toBe(id);
  });
  test.each(["fake-region-10", "local", "eusc-fr-east-1", "xus-east-1", "us-east-1x", "aws-eusc-global"])(
    "puts %s, which is like no other, into aws",
    (region) => {
      expect(partitionOfRegion(region).id).toBe("aws");
      expect(surePartitionOfRegion(region)).toBeUndefined();
    },
  );
});

test("partitionById() finds each partition, and nothing else", () => {
  for (const id of Object.keys(regionsOf)) expect(partitionById(id)?.id).toBe(id);
  for (const id of ["", "AWS", "aws-", "aws-iso-z"]) expect(partitionById(id)).toBeUndefined();
});

test("partitions have a global region of their own", () => {
  for (const partition of partitions) {
    expect(partitionOfRegion(partition.globalRegion).id).toBe(partition.id);
    expect(regionsOf[partition.id]?.split(" ")).toContain(partition.globalRegion);
  }
});
