import { expect, test } from "bun:test";
import { listingFolder, listingPath } from "../../src/sso/listing-path.ts";

test("listingPath() is a file of its own for each sign-in, in the folder of listings", () => {
  const [one, other] = ["/token.json", "https://my.awsapps.com/start"].map((name) =>
    listingPath("/own", name),
  );
  expect(one).toMatch(new RegExp(`^${listingFolder("/own")}/[0-9a-f]{64}$`));
  expect(other).not.toBe(one);
});
