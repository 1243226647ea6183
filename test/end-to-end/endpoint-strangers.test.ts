/** What processes that know no secret, or are another user's, get from the endpoint of `serve`, and what they cost it. */
import { expect } from "bun:test";
import { readdir, readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { askAs, canBeOthers, NOBODY, unlessRoot } from "../system/files/other-user.ts";
import { endpointProcesses, untilNoEndpoint } from "./support/endpoints.ts";
import { ANA } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { ask, type Served, serve, serveDetached } from "./support/served.ts";

const jump = ["--assume-roles", SAMPLE_ROLES.jump];
const forms = { serve, "serve --detach": serveDetached };

async function end(scene: Scene, served: Served): Promise<void> {
  served.kill("SIGTERM");
  await served.ended;
  await untilNoEndpoint(scene);
}

/** Connections that say nothing, some hundreds at a time: a listener's queue is not endless. */
async function silentConnections(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const more = Array.from({ length: 200 }, () => connect(port, "127.0.0.1"));
    await Promise.all(more.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
    sockets.push(...more);
  }
  return sockets;
}

async function descriptors(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

/** MiB. */
async function largestSet(pid: number): Promise<number> {
  const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kibibytes) / 1024;
}

for (const [form, begin] of Object.entries(forms)) {
  scenario(
    `${form} answers beside four thousand connections that say nothing, and closes them`,
    async (scene) => {
      const served = await begin(scene, jump, ANA);
      const [pid = served.pid] = await endpointProcesses(scene);
      const before = await descriptors(pid);
      const silent = await silentConnections(served.port, 4_000);
      const closed = silent.map((socket) => new Promise((resolve) => socket.once("close", resolve)));
      for (const socket of silent) socket.resume();
      const answers = await Promise.all(Array.from({ length: 200 }, () => ask(served)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      await Promise.all(closed);
      // A few connections of this test may be open yet.
      expect(await descriptors(pid)).toBeLessThan(before + 300);
      expect(await largestSet(pid)).toBeLessThan(100);
      await end(scene, served);
    },
    { waits: true, only: "linux" },
  );
}

for (const [form, begin] of Object.entries(forms)) {
  scenario(
    `${form} answers this user's processes and root's, and refuses another user's${unlessRoot}`,
    async (scene) => {
      const served = await begin(scene, [...jump, "--profiles"], ANA);
      const { pathname } = new URL(served.uri);
      const request = (path: string) =>
        `${path} HTTP/1.1\r\nAuthorization: ${served.token}\r\nConnection: close\r\nX:`;
      expect(await askAs(0, served.port, request(pathname))).toStartWith("HTTP/1.1 200");
      for (const path of [pathname, `${pathname}/profile/dev`, "/"]) {
        const answer = await askAs(NOBODY, served.port, request(path));
        expect([answer.split("\r\n", 1)[0], answer.split("\r\n\r\n")[1]]).toEqual([
          "HTTP/1.1 403 Forbidden",
          "",
        ]);
      }
      await end(scene, served);
    },
    { only: canBeOthers ? "linux" : "win32" },
  );

  scenario(
    `${form} refuses a wrong Host, pages, proxies and every method but GET without a word`,
    async (scene) => {
      const served = await begin(scene, jump, ANA);
      const refused = [
        { headers: { Host: `evil.example:${served.port}` } },
        { headers: { Host: "127.0.0.1" } },
        { headers: { Origin: "null" } },
        { headers: { "Sec-Fetch-Site": "none" } },
        { headers: { "X-Forwarded-For": "127.0.0.1" } },
        { headers: { Authorization: `Bearer ${served.token}` } },
        { path: "/" },
        { path: "?" },
        { path: "/profile/dev" },
        ...["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"].map((method) => ({ method })),
      ];
      for (const asking of refused) {
        const response = await ask(served, asking);
        expect([asking, response.status, await response.text()]).toEqual([asking, 403, ""]);
        expect(response.headers.get("cache-control")).toBe("no-store");
        expect(response.headers.get("access-control-allow-origin")).toBeNull();
      }
      expect((await ask(served, { headers: { Host: `localhost:${served.port}` } })).status).toBe(200);
      await end(scene, served);
    },
    { only: "linux" },
  );
}
