import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { certificatePem } from "../stand-in/x509/certificate.ts";
import { runWithRealSystem } from "../support/main-program.ts";

/** A server on loopback that tells what it was asked, or redirects, or shows a certificate without a known authority. */
let plain: Bun.Server<undefined>;
let secure: Bun.Server<undefined>;
let folder: string;
const certificate = selfSigned();

beforeAll(async () => {
  plain = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request, server) => {
      if (request.url.endsWith("/port")) return new Response(String(server.requestIP(request)?.port));
      if (request.url.endsWith("/elsewhere"))
        return new Response("gone", { status: 302, headers: { location: "/" } });
      if (request.url.endsWith("/packed"))
        return new Response("no gzip", { headers: { "content-encoding": "gzip" } });
      return new Response(`${request.method} ${request.headers.get("x-made-up")} ${await request.text()}`);
    },
  });
  secure = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    tls: certificate,
    fetch: () => new Response("trusted"),
  });
  folder = await mkdtemp(join(tmpdir(), "system-real-"));
});

afterAll(async () => {
  await plain.stop(true);
  await secure.stop(true);
  await rm(folder, { recursive: true });
});

function selfSigned(): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const day = 86_400_000;
  const cert = certificatePem({
    subject: "localhost",
    issuer: "localhost",
    subjectKey: publicKey,
    issuerKey: publicKey,
    signingKey: privateKey,
    serial: Uint8Array.of(1),
    notBefore: Date.now() - day,
    notAfter: Date.now() + day,
    host: "localhost",
  });
  return { cert, key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

/** The text of a request, as code. */
function request(url: string, more = ""): string {
  return `const response = await realSystem.fetch(${JSON.stringify(url)}, { method: "GET", headers: {}, ${more} });
    await realSystem.stdout(response.status + " " + (await response.text()));`;
}

describe("realSystem.env", () => {
  test("keeps the proxies that it takes away from the runtime", async () => {
    const kinds = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"];
    const names = kinds.flatMap((name) => [name, name.toLowerCase()]);
    const env = Object.fromEntries(names.map((name) => [name, `the ${name}`]));
    const code = `await realSystem.stdout(JSON.stringify([realSystem.env, process.env]));`;
    const { stdout } = await runWithRealSystem(code, { ...env, OTHER: "other" });
    const [cached, live] = JSON.parse(stdout);
    expect(cached).toMatchObject({ ...env, OTHER: "other" });
    expect(live).toMatchObject({ OTHER: "other" });
    expect(live).not.toContainAnyKeys(names);
  });
});

describe("realSystem.fetch()", () => {
  test("sends what it is given", async () => {
    const code = `const response = await realSystem.fetch("${plain.url}", {
      method: "POST", headers: { "x-made-up": "1" }, body: "the body" });
      await realSystem.stdout(await response.text());`;
    expect(await runWithRealSystem(code)).toEqual({ status: 0, stdout: "POST 1 the body", stderr: "" });
  });

  test("does not follow a redirect", async () => {
    const { stdout } = await runWithRealSystem(request(`${plain.url}elsewhere`));
    expect(stdout).toBe("302 gone");
  });

  test("hands on a packed answer as it came, without a word of the runtime", async () => {
    const ended = await runWithRealSystem(request(`${plain.url}packed`));
    expect(ended).toEqual({ status: 0, stdout: "200 no gzip", stderr: "" });
  });

  test("obeys no proxy of the environment", async () => {
    for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]) {
      const env = { [name]: "http://127.0.0.1:1", NO_PROXY: "*" };
      const { stdout } = await runWithRealSystem(request(plain.url.href), env);
      expect([name, stdout.slice(0, 4)]).toEqual([name, "200 "]);
    }
  });

  test("obeys the proxy it is given", async () => {
    const more = `proxy: ${JSON.stringify(plain.url.href)}`;
    expect((await runWithRealSystem(request("http://sts.example/", more))).stdout).toStartWith("200 GET");
  });

  test("shows no headers, whatever the environment says", async () => {
    const env = { BUN_CONFIG_VERBOSE_FETCH: "curl" };
    const { stdout, stderr } = await runWithRealSystem(request(plain.url.href), env);
    expect(stdout).toStartWith("200 ");
    expect(stderr).toBe("");
  });

  test("takes a connection that was kept open, but for a request that wants a new one", async () => {
    const code = `const fields = { method: "GET", headers: {} };
      for (const more of [{}, {}, { connection: "new" }]) {
        const response = await realSystem.fetch("${plain.url}port", { ...fields, ...more });
        await realSystem.stdout((await response.text()) + " ");
      }`;
    const { stdout } = await runWithRealSystem(code);
    const [first, second, other] = stdout.split(" ");
    expect(second).toBe(first);
    expect(other).toMatch(/^\d+$/);
    expect(other).not.toBe(first);
  });

  test("trusts no certificate without a known authority, whatever the environment says", async () => {
    const code = `try { ${request(secure.url.href.replace("127.0.0.1", "localhost"))} }
      catch (error) { await realSystem.stdout("refused " + error.code); }`;
    const { stdout } = await runWithRealSystem(code, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    expect(stdout).toMatch(/^refused (UNABLE_TO_VERIFY_LEAF_SIGNATURE|[A-Z_]*CERT)/);
  });
});

describe("realSystem.fetch() with certificates of one's own", () => {
  test("trusts them", async () => {
    const url = secure.url.href.replace("127.0.0.1", "localhost");
    const code = request(url, `ca: ${JSON.stringify(certificate.cert)}`);
    expect(await runWithRealSystem(code)).toEqual({ status: 0, stdout: "200 trusted", stderr: "" });
  });
});

describe("realSystem.openConnection()", () => {
  /** What the server was asked, each request after the number of its connection. */
  async function asked(code: string): Promise<readonly string[]> {
    const requests: string[] = [];
    let connections = 0;
    const server = createServer(certificate, (socket) => {
      const connection = ++connections;
      socket.on("error", () => socket.destroy());
      socket.on("data", (bytes) => {
        const [line = "", ...headers] = bytes.toString().split("\r\n");
        const isSigned = headers.some((header) => /^(authorization|x-amz-)/i.test(header));
        requests.push(`${connection} ${line}${isSigned ? " signed" : ""}`);
        socket.write("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port was given");
    const origin = JSON.stringify(`https://localhost:${address.port}`);
    const ca = JSON.stringify(certificate.cert);
    const signal = "new AbortController().signal";
    await runWithRealSystem(
      `const [origin, ca, signal] = [${origin}, ${ca}, ${signal}]; ${code} process.exit(0);`,
    );
    server.close();
    return requests;
  }
  const ask = `await (await realSystem.fetch(origin, { method: "GET", headers: {}, ca })).text();`;

  test("opens the connection that the next request uses, with a request for nothing", async () => {
    const requests = await asked(`await realSystem.openConnection(origin, { ca, signal }); ${ask}`);
    expect(requests).toEqual(["1 HEAD / HTTP/1.1", "1 GET / HTTP/1.1"]);
  });

  test("rejects for a certificate that is not trusted, and asks nothing", async () => {
    const refused = `try { await realSystem.openConnection(origin, { ca: undefined, signal }); } catch { ${ask} }`;
    expect(await asked(refused)).toEqual(["1 GET / HTTP/1.1"]);
  });
});

describe("realSystem.readText()", () => {
  test("reads a file, finds none, and fails at a folder", async () => {
    await Bun.write(join(folder, "file"), "héllo");
    const code = `const read = (name) => realSystem.readText(${JSON.stringify(folder)} + name);
      const found = [await read("/file"), await read("/none"), await read("/file/below")];
      const folder = await read("").catch((error) => error.code);
      await realSystem.stdout(JSON.stringify([...found, folder]));`;
    expect(JSON.parse((await runWithRealSystem(code)).stdout)).toEqual(["héllo", null, null, "EISDIR"]);
  });
});

test.skipIf(process.platform !== "linux")(
  "realSystem.readText() reads what says that it is empty",
  async () => {
    const code = `await realSystem.stdout(await realSystem.readText("/proc/self/status"));`;
    expect((await runWithRealSystem(code)).stdout).toContain("SigIgn:");
  },
);

describe("realSystem", () => {
  test("writes stdout and stderr as they are", async () => {
    const code = `await realSystem.stdout("a\\nb"); realSystem.stderr("c");`;
    expect(await runWithRealSystem(code, { FORCE_COLOR: "1" })).toEqual({
      status: 0,
      stdout: "a\nb",
      stderr: "c\n",
    });
  });

  test("tells whether a connection can be made", async () => {
    const code = `await realSystem.connect("127.0.0.1", ${plain.port});
      const refused = await realSystem.connect("127.0.0.1", 1).catch((error) => error.code);
      await realSystem.stdout(refused);`;
    expect((await runWithRealSystem(code)).stdout).toBe("ECONNREFUSED");
  });

  test("is not kept up by a deadline that has not come", async () => {
    const code = `realSystem.deadline(600_000).addEventListener("abort", () => {});`;
    expect((await runWithRealSystem(code)).status).toBe(0);
  });

  test("finds a home directory where HOME tells none", async () => {
    const { stdout } = await runWithRealSystem("await realSystem.stdout(String(await realSystem.home()));");
    expect(stdout).toMatch(/^([/\\]|[A-Z]:)/);
  });

  test("knows no home of a user that the system has no entry for", async () => {
    const code = `import os from "node:os"; import { mock } from "bun:test";
      mock.module("node:os", () => ({ ...os, homedir() { throw Object.assign(new Error("none"), { code: "ENOENT" }); } }));
      await realSystem.stdout(String(await realSystem.home()));`;
    expect((await runWithRealSystem(code)).stdout).toBe("undefined");
  });

  test("tells a reader that has gone from another failure of stdout", async () => {
    const code = `const { write } = Bun;
      for (const code of ["EPIPE", "ENOSPC"]) {
        Bun.write = async () => { throw Object.assign(new Error(code), { code }); };
        const failure = await realSystem.stdout("x").catch((error) => error);
        Bun.write = write;
        await realSystem.stdout(failure.kind + " ");
      }`;
    expect((await runWithRealSystem(code)).stdout).toBe("unread failed ");
  });

  test("draws numbers and bytes", async () => {
    const code = `const random = realSystem.random();
      await realSystem.stdout(JSON.stringify([random >= 0 && random < 1, realSystem.randomBytes(5).length]));`;
    expect((await runWithRealSystem(code)).stdout).toBe("[true,5]");
  });
});
