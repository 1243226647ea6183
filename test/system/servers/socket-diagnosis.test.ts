import { describe, expect, test } from "bun:test";
import {
  diagnoseSocket,
  diagnosisRequest,
  readDiagnosis,
} from "../../../src/system/servers/socket-diagnosis.ts";

const local = { address: "127.0.0.1", port: 0x1234 };
const remote = { address: "127.0.0.2", port: 0x5678 };

test("diagnosisRequest() has lengths and numbers where the kernel reads them", () => {
  const hex = diagnosisRequest(local, remote).toHex();
  expect(hex.slice(0, 32)).toBe("48000000140001000000000000000000");
  expect(hex.slice(32, 56)).toBe("02060000ffffffff12345678");
  expect(hex.slice(56, 64)).toBe("7f000001");
  expect(hex.slice(88, 96)).toBe("7f000002");
  expect(hex.slice(128)).toBe("ffffffffffffffff");
});

describe("readDiagnosis()", () => {
  const answer = (type: number, state: number, user: number) => {
    const view = new DataView(new ArrayBuffer(124));
    view.setUint16(4, type, true);
    view.setUint8(17, state);
    view.setUint32(80, user, true);
    return new Uint8Array(view.buffer);
  };

  test("reads the user of an established connection", () => {
    expect(readDiagnosis(answer(20, 1, 1000))).toEqual({ kind: "owner", user: 1000 });
  });

  test("knows no owner of an error, a connection that ends, and an answer that is cut off", () => {
    expect(readDiagnosis(answer(2, 1, 1000))).toEqual({ kind: "unknown" });
    expect(readDiagnosis(answer(20, 8, 1000))).toEqual({ kind: "unknown" });
    expect(readDiagnosis(answer(20, 1, 1000).subarray(0, 60))).toEqual({ kind: "unknown" });
    expect(readDiagnosis(new Uint8Array())).toEqual({ kind: "unavailable" });
  });
});

test.skipIf(process.platform !== "linux")("diagnoseSocket() asks the kernel (Linux)", async () => {
  const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const client = await Bun.connect({ hostname: "127.0.0.1", port: server.port, socket: { data() {} } });
  const end = (port: number) => ({ address: "127.0.0.1", port });
  const user = process.getuid?.() ?? -1;
  expect(diagnoseSocket(end(client.localPort), end(server.port))).toEqual({ kind: "owner", user });
  expect(diagnoseSocket(end(1), end(server.port))).toEqual({ kind: "unknown" });
  client.end();
  server.stop(true);
});
