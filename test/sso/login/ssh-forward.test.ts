import { expect, test } from "bun:test";
import { sshForwardCommand } from "../../../src/sso/login/ssh-forward.ts";

const cases: Record<string, string | undefined> = {
  "192.0.2.1 50000 192.0.2.2 22": "ssh -L 8400:127.0.0.1:8400 192.0.2.2",
  "192.0.2.1 50000 192.0.2.2 2222": "ssh -L 8400:127.0.0.1:8400 -p 2222 192.0.2.2",
  "2001:db8::1 50000 fe80::2%eth0 22": "ssh -L 8400:127.0.0.1:8400 fe80::2%eth0",
  "192.0.2.1 50000 $(id) 22": undefined,
  "a 1": undefined,
  "": undefined,
};
for (const [connection, command] of Object.entries(cases)) {
  test(`sshForwardCommand() reads SSH_CONNECTION "${connection}"`, () => {
    expect(sshForwardCommand(connection, 8400)).toBe(command);
  });
}

test("sshForwardCommand() is undefined without SSH", () => {
  expect(sshForwardCommand(undefined, 8400)).toBeUndefined();
});
