import { describe, expect, test } from "bun:test";
import { type ContainerVariable, containerAddress } from "../../../src/aws/container/container-address.ts";
import { failureOf } from "../../support/failure.ts";

const relative: ContainerVariable = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const full: ContainerVariable = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

describe("containerAddress() of the relative URI", () => {
  const allowed: Record<string, [value: string, url: string]> = {
    "is a path of the agent of ECS": ["/v2/credentials/abc", "http://169.254.170.2/v2/credentials/abc"],
    "keeps its query": ["/creds?id=1&x=%2F", "http://169.254.170.2/creds?id=1&x=%2F"],
    "stays there although it begins with two slashes": [
      "//evil.example/",
      "http://169.254.170.2//evil.example/",
    ],
  };
  for (const [sentence, [value, url]] of Object.entries(allowed)) {
    test(`containerAddress() of the relative URI ${sentence}`, () => {
      const address = containerAddress(relative, value);
      expect(address).toMatchObject({ variable: relative, local: true });
      expect(address.url.href).toBe(url);
    });
  }

  const refused: Record<string, [value: string, why: string]> = {
    "without a slash in front": ["v2/credentials", "it does not begin with a slash"],
    "that would turn the address into a user name": ["@evil.example/", "it does not begin with a slash"],
    "that would go on with the address": [".evil.example/", "it does not begin with a slash"],
    "with a port for the address": [":8080/x", "it does not begin with a slash"],
    "with a line end": ["/x\n", "it holds blanks or other characters no URL has"],
    "with a backslash": ["/\\evil.example", "it holds blanks or other characters no URL has"],
  };
  for (const [sentence, [value, why]] of Object.entries(refused)) {
    test(`containerAddress() refuses a relative URI ${sentence}`, async () => {
      const failure = await failureOf(() => containerAddress(relative, value));
      expect(failure.kind).toBe("failed");
      expect(failure.message).toBe(`cannot use ${relative}: ${why}`);
    });
  }
});

describe("containerAddress() of the full URI", () => {
  /** Each with the form in which it is asked, and whether a proxy would be in the way. */
  const allowed: Record<string, [value: string, url: string, local: boolean]> = {
    "https anywhere": ["https://creds.example/x", "https://creds.example/x", false],
    "https with a port": ["https://creds.example:8443/x", "https://creds.example:8443/x", false],
    "https on this machine": ["https://127.0.0.1/x", "https://127.0.0.1/x", true],
    "http on 127.0.0.1": ["http://127.0.0.1:8080/x?id=1", "http://127.0.0.1:8080/x?id=1", true],
    "http on the rest of 127.0.0.0/8": ["http://127.255.3.4/x", "http://127.255.3.4/x", true],
    "http on 127.0.0.1 as one number": ["http://2130706433/x", "http://127.0.0.1/x", true],
    "http on 127.0.0.1 in hexadecimal": ["http://0x7f.1/x", "http://127.0.0.1/x", true],
    "http on [::1]": ["http://[::1]:1338/x", "http://[::1]:1338/x", true],
    "http on [::1] written out": ["http://[0:0:0:0:0:0:0:1]/x", "http://[::1]/x", true],
    "http on localhost": ["http://localhost:1338/x", "http://localhost:1338/x", true],
    "http on localhost in capitals": ["HTTP://LOCALHOST/x", "http://localhost/x", true],
    "the agent of ECS": ["http://169.254.170.2/x", "http://169.254.170.2/x", true],
    "the agent of EKS": ["http://169.254.170.23/v1/x", "http://169.254.170.23/v1/x", true],
    "the agent of EKS over IPv6": ["http://[fd00:ec2::23]/v1/x", "http://[fd00:ec2::23]/v1/x", true],
    "the agent of EKS over IPv6 written out": ["http://[fd00:ec2:0::23]/x", "http://[fd00:ec2::23]/x", true],
  };
  for (const [sentence, [value, url, local]] of Object.entries(allowed)) {
    test(`containerAddress() of the full URI may be ${sentence}`, () => {
      const address = containerAddress(full, value);
      expect(address.url.href).toBe(url);
      expect(address.local).toBe(local);
    });
  }

  const notAllowed = (host: string) =>
    `the host ${host} is not allowed without TLS, because it would be sent the container's token`;
  const refused: Record<string, [value: string, why: string]> = {
    "http elsewhere": ["http://creds.example/x", notAllowed("creds.example")],
    "http on a private address": ["http://192.168.1.1/x", notAllowed("192.168.1.1")],
    "http on a private address as one number": ["http://3232235777/x", notAllowed("192.168.1.1")],
    "http on instance metadata": ["http://169.254.169.254/x", notAllowed("169.254.169.254")],
    "http on a neighbour of the agents": ["http://169.254.170.3/x", notAllowed("169.254.170.3")],
    "http on any address": ["http://0.0.0.0/x", notAllowed("0.0.0.0")],
    "http on [::]": ["http://[::]/x", notAllowed("[::]")],
    "http on an IPv4 address inside of IPv6": ["http://[::ffff:127.0.0.1]/x", notAllowed("[::ffff:7f00:1]")],
    "http on a neighbour of the agent over IPv6": ["http://[fd00:ec2::24]/x", notAllowed("[fd00:ec2::24]")],
    "http on a name that begins like an address": [
      "http://127.0.0.1.evil.example/x",
      notAllowed("127.0.0.1.evil.example"),
    ],
    "http on a name that may resolve to this machine": [
      "http://localhost.example/x",
      notAllowed("localhost.example"),
    ],
    "http on a name below localhost": ["http://x.localhost/x", notAllowed("x.localhost")],
    "http on localhost with a final dot": ["http://localhost./x", notAllowed("localhost.")],
    "http with an address for a user name": [
      "http://127.0.0.1@evil.example/x",
      "it holds a user name or password",
    ],
    "https with a password": ["https://me:secret@creds.example/x", "it holds a user name or password"],
    "a backslash before the host": [
      "http://127.0.0.1\\@evil.example/",
      "it holds blanks or other characters no URL has",
    ],
    "a tab inside of the host": ["http://evil\t.example/x", "it holds blanks or other characters no URL has"],
    "look-alike digits": ["http://①27.0.0.1/x", "it holds blanks or other characters no URL has"],
    "another scheme": ["ftp://127.0.0.1/x", "it is not an http or https URL"],
    "a file": ["file:///etc/passwd", "it is not an http or https URL"],
    "no URL": ["127.0.0.1/x", "it is not an http or https URL"],
  };
  for (const [sentence, [value, why]] of Object.entries(refused)) {
    test(`containerAddress() refuses a full URI that is ${sentence}`, async () => {
      const failure = await failureOf(() => containerAddress(full, value));
      expect(failure.message).toBe(`cannot use ${full}: ${why}`);
    });
  }

  test("containerAddress() does not repeat the path, which can be all it takes to get the credentials", async () => {
    const failure = await failureOf(() =>
      containerAddress(full, "http://creds.example/made-up-id?key=made-up-key"),
    );
    expect(failure.message + failure.hints).not.toContain("made-up");
  });
});
