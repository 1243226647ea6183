import { expect, test } from "bun:test";
import { contentFingerprint, sha1Hex, sha256Hex } from "../../src/lib/digest.ts";

test("sha1Hex() hashes UTF-8", () => {
  expect(sha1Hex("my-sso")).toBe("0ad374308c5a4e22f723adf10145eafad7c4031c");
  expect(sha1Hex("é")).toBe("bf15be717ac1b080b4f1c456692825891ff5073d");
});

test("sha256Hex() hashes UTF-8", () => {
  expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("contentFingerprint() is the same for a text and for its UTF-8, and another for another account id", () => {
  const text = "# é \u{1F511}\n[profile p]\nsso_account_id = 111111111111\n";
  expect(contentFingerprint(text)).toBe(contentFingerprint(new TextEncoder().encode(text)));
  expect(contentFingerprint(text)).not.toBe(contentFingerprint(text.replace("11\n", "12\n")));
  expect(contentFingerprint("")).not.toBe(contentFingerprint("\n"));
});
