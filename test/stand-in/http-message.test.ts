import { expect, test } from "bun:test";
import { headerValue, readRequest } from "./http/message.ts";

const POST =
  "POST /a?b=c HTTP/1.1\r\nHost: x\r\nX-Two:  a  b \r\nx-two: c\r\nContent-Length: 4\r\n\r\nbodyNEXT";

function bytes(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

test("readRequest keeps names, values and their order as they came, and leaves what follows", () => {
  const read = readRequest(bytes(POST));
  if (read.kind !== "request") throw new Error(read.kind);
  expect(read.request.method).toBe("POST");
  expect(read.request.target).toBe("/a?b=c");
  expect(read.request.headers).toEqual([
    ["Host", "x"],
    ["X-Two", "a  b"],
    ["x-two", "c"],
    ["Content-Length", "4"],
  ]);
  expect(headerValue(read.request.headers, "x-two")).toBe("a  b,c");
  expect(Buffer.from(read.request.body).toString()).toBe("body");
  expect(Buffer.from(read.rest).toString()).toBe("NEXT");
});

test("readRequest wants more until the last byte of the body is there", () => {
  const whole = POST.slice(0, -4);
  for (let length = 0; length < whole.length; length++) {
    expect(readRequest(bytes(whole.slice(0, length))).kind).toBe("more");
  }
  expect(readRequest(bytes(whole)).kind).toBe("request");
});

test("readRequest joins a chunked body", () => {
  const text = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
  const read = readRequest(bytes(text));
  if (read.kind !== "request") throw new Error(read.kind);
  expect(Buffer.from(read.request.body).toString()).toBe("abcde");
  expect(read.rest.byteLength).toBe(0);
  expect(readRequest(bytes(text.slice(0, -3))).kind).toBe("more");
});

const BAD = {
  "a request line without a version": "GET /\r\n\r\n",
  "a header line without a colon": "GET / HTTP/1.1\r\nHost\r\n\r\n",
  "a folded header line": "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
  "a length that is no number": "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
  "a chunk without a size": "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
};

for (const [name, text] of Object.entries(BAD)) {
  test(`readRequest refuses ${name}`, () => {
    expect(readRequest(bytes(text)).kind).toBe("bad");
  });
}
