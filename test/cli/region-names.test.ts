import { expect, test } from "bun:test";
import { partitions, surePartitionOfRegion } from "../../src/aws/endpoints/partitions.ts";
import { REGION_NAMES } from "../../src/cli/region-names.ts";

test("REGION_NAMES has regions of every partition, each once, and no other name", () => {
  expect(new Set(REGION_NAMES).size).toBe(REGION_NAMES.length);
  const found = new Set(REGION_NAMES.map((name) => surePartitionOfRegion(name)?.id));
  expect([...found]).toEqual(partitions.map(({ id }) => id));
});
