import { expect, test } from "bun:test";
import { formatRegistration, parseRegistration } from "../../src/sso/registration-file.ts";

const device = '{"clientId": "id", "clientSecret": "made-up", "expiresAt": "2030-01-31T12:00:00Z"}';
const browser =
  '{"clientId": "id", "clientSecret": "made-up", "expiresAt": "2030-01-31T12:00:00Z", "scopes": ["sso:account:access"], "grantTypes": ["authorization_code", "refresh_token"]}';

test("parseRegistration() reads and formatRegistration() writes what the AWS CLI writes, byte for byte", () => {
  for (const text of [device, browser]) {
    const registration = parseRegistration(text);
    if (registration === undefined) throw new Error("the file is not read");
    expect(formatRegistration(registration)).toBe(text);
  }
});

test("parseRegistration() takes nothing that lacks a member", () => {
  for (const text of [
    "",
    "[]",
    '{"clientId": "id", "clientSecret": "s"}',
    '{"clientId": 1, "clientSecret": "s", "expiresAt": "x"}',
  ]) {
    expect(parseRegistration(text)).toBeUndefined();
  }
});
