import { expect } from "bun:test";
import { once } from "node:events";
import { createServer } from "node:net";
import { SAMPLE_ROLES } from "../stand-in/sample-world.ts";
import { ANA, callerOf } from "./support/identities.ts";
import { type Scene, scenario } from "./support/scene.ts";
import { stderrText } from "./support/stderr-text.ts";

const host = "sts.us-east-1.amazonaws.com";
const args = ["getcallerid", "--assume-roles", SAMPLE_ROLES.jump];
const doing = `cannot assume role ${SAMPLE_ROLES.jump}: ${host}`;
const proxyCredentials = { user: "made-up-user", password: "made-up:pass word" };

function good(scene: Scene) {
  return { status: 0, stdout: callerOf(scene.standIn, SAMPLE_ROLES.jump), stderr: "" };
}

/** The proxy's address without its password, as messages show it. */
function shown({ standIn }: Scene): string {
  return `http://127.0.0.1:${standIn.ports.proxy}`;
}

/** Ways to name the proxy; HTTPS_PROXY is taken away first. */
const named: Record<string, (url: string) => Record<string, string>> = {
  HTTPS_PROXY: (url) => ({ HTTPS_PROXY: url }),
  https_proxy: (url) => ({ https_proxy: url }),
  "https_proxy before HTTPS_PROXY": (url) => ({ https_proxy: url, HTTPS_PROXY: "http://127.0.0.1:1" }),
  "HTTPS_PROXY without its scheme": (url) => ({ HTTPS_PROXY: url.replace("http://", "") }),
};

for (const [name, variables] of Object.entries(named)) {
  scenario(`requests go through the proxy of ${name}`, async (scene) => {
    const env = { ...ANA, HTTPS_PROXY: undefined, ...variables(scene.standIn.proxyUrl) };
    expect(await scene.run(args, env)).toEqual(good(scene));
    expect(scene.standIn.tunnels.map((tunnel) => [tunnel.host, tunnel.port])).toEqual([[host, 443]]);
  });
}

scenario(
  "a proxy that wants a password gets the one of HTTPS_PROXY",
  async (scene) => {
    expect(await scene.run(args, ANA)).toEqual(good(scene));
    expect(scene.standIn.tunnels.map(({ status }) => status)).toEqual([200]);
    expect(scene.standIn.requests.some(({ headers }) => "proxy-authorization" in headers)).toBe(false);
  },
  { proxyCredentials },
);

/** Values of the user name and the password in HTTPS_PROXY, and what the error says of them. */
const refusedLogins: Record<string, { login: string; why: string; hint: string }> = {
  "gets no password": {
    login: "",
    why: "wants a user name and a password (407)",
    hint: "put them into the URL: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT",
  },
  "gets a wrong password": {
    login: "made-up-user:wrong@",
    why: "refused the user name and password of its URL (407)",
    hint: "correct them in HTTPS_PROXY; in a URL, % is written as %25, @ as %40, : as %3A and / as %2F",
  },
};

for (const [name, { login, why, hint }] of Object.entries(refusedLogins)) {
  scenario(
    `a proxy that ${name} is named in one error`,
    async (scene) => {
      const env = { ...ANA, HTTPS_PROXY: shown(scene).replace("//", `//${login}`) };
      expect(await scene.run(args, env)).toEqual({
        status: 1,
        stdout: "",
        stderr: stderrText({
          error: `cannot assume role ${SAMPLE_ROLES.jump}: the proxy ${shown(scene)} (HTTPS_PROXY) ${why}`,
          hints: [hint],
        }),
      });
      expect(scene.standIn.requests).toEqual([]);
    },
    { proxyCredentials },
  );
}

/** Passwords as people write them into the URL, none of them wholly percent-encoded. */
const rawLogins: Record<string, { user: string; password: string; login: string }> = {
  "a percent sign that begins no escape": { user: "joe", password: "50%off", login: "joe:50%off" },
  "a Windows domain before the user name": {
    user: "CORP\\joe",
    password: "made-up",
    login: "CORP\\joe:made-up",
  },
  "an at sign and a colon": { user: "joe", password: "m@de:up", login: "joe:m@de:up" },
};

for (const [name, { user, password, login }] of Object.entries(rawLogins)) {
  scenario(
    `a proxy gets a password of HTTPS_PROXY with ${name}`,
    async (scene) => {
      const env = { ...ANA, HTTPS_PROXY: shown(scene).replace("//", `//${login}@`) };
      expect(await scene.run(args, env)).toEqual(good(scene));
    },
    { proxyCredentials: { user, password } },
  );
}

scenario(
  "a number sign in a proxy's password is refused, and the error shows nothing of it",
  async (scene) => {
    const env = { ...ANA, HTTPS_PROXY: "http://joe:12#made-up@127.0.0.1:1" };
    expect(await scene.run(args, env)).toEqual({
      status: 1,
      stdout: "",
      stderr: stderrText({
        error: "cannot use the proxy of HTTPS_PROXY: its user name or password holds a raw /, ? or #",
        hints: ["percent-encode it: / is written as %2F, ? as %3F and # as %23"],
      }),
    });
  },
);

/** What a proxy may answer to CONNECT, as bytes, and what the error says. */
const refusals: Record<string, { head: string; why: string; hint: string }> = {
  "offers only NTLM and Negotiate": {
    head: "HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n",
    why: "offers only Negotiate, NTLM to sign in with, and this program only Basic (407)",
    hint: "run a local proxy that signs in to that one, such as Px or Cntlm, and name it in HTTPS_PROXY",
  },
  "sends a control character in a header of its 407": {
    head: 'HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="a\u0001b"\r\n\r\n',
    why: "the response is not valid HTTP",
    hint: "if the proxy wants a user name and a password, check those in the URL of HTTPS_PROXY",
  },
};

for (const [name, { head, why, hint }] of Object.entries(refusals)) {
  scenario(`a proxy that ${name} is asked once and explained`, async (scene) => {
    let connections = 0;
    const proxy = createServer((socket) => {
      connections++;
      socket.on("error", () => socket.destroy()).once("data", () => socket.end(head));
    }).listen(0, "127.0.0.1");
    try {
      await once(proxy, "listening");
      const address = proxy.address();
      const port = typeof address === "object" ? address?.port : undefined;
      const ended = await scene.run(args, { ...ANA, HTTPS_PROXY: `http://joe:made-up@127.0.0.1:${port}` });
      expect(ended).toMatchObject({ status: 1, stdout: "" });
      expect(ended.stderr).toContain(`http://127.0.0.1:${port} (HTTPS_PROXY)`);
      expect(ended.stderr).toContain(`${why}\naws-login: hint: ${hint}\n`);
      expect(connections).toBe(1);
    } finally {
      proxy.close();
    }
  });
}

scenario("a proxy that does not run is named in the error", async (scene) => {
  const env = { ...ANA, HTTPS_PROXY: "http://me:made-up@127.0.0.1:1", AWS_MAX_ATTEMPTS: "1" };
  expect(await scene.run(args, env)).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: `${doing} through the proxy http://127.0.0.1:1 (HTTPS_PROXY): the connection was refused`,
      hints: ["check that the proxy of HTTPS_PROXY is up, or list the host in NO_PROXY"],
    }),
  });
});

scenario("a proxy that cannot reach the host is not taken for AWS", async (scene) => {
  const env = { ...ANA, AWS_ENDPOINT_URL_STS: "https://sts.example.com", AWS_MAX_ATTEMPTS: "1" };
  const ended = await scene.run(["getcallerid"], env);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
  expect(ended.stderr).toStartWith("aws-login: error: cannot get the caller identity: ");
  expect(scene.standIn.tunnels.map((tunnel) => [tunnel.host, tunnel.status])).toEqual([
    ["sts.example.com", 502],
  ]);
});

scenario("a value that is no proxy is an error before any call", async (scene) => {
  expect(await scene.run(args, { ...ANA, HTTPS_PROXY: "socks5://me:made-up@127.0.0.1:1080" })).toEqual({
    status: 1,
    stdout: "",
    stderr: stderrText({
      error: "cannot use the proxy of HTTPS_PROXY: it is not an http:// or https:// URL",
      hints: ["set HTTPS_PROXY to something like http://proxy.example.com:3128, or unset it"],
    }),
  });
});

/** Values of NO_PROXY that do not cover the STS host: the proxy is used. */
for (const value of ["example.com", "amazonaws.com:8443", "mazonaws.com", "10.0.0.0/8", ""]) {
  scenario(`NO_PROXY=${value} leaves STS to the proxy`, async (scene) => {
    expect(await scene.run(args, { ...ANA, NO_PROXY: value })).toEqual(good(scene));
    expect(scene.standIn.tunnels).toHaveLength(1);
  });
}

/** The sample endpoint stands behind an address that only the proxy would know. */
for (const variable of ["NO_PROXY", "no_proxy"]) {
  scenario(`${variable} takes a host out of the proxy's hands`, async (scene) => {
    const own = `http://127.0.0.2:${scene.standIn.ports.sts}`;
    const env = {
      ...ANA,
      AWS_ENDPOINT_URL_STS: own,
      AWS_MAX_ATTEMPTS: "1",
      HTTP_PROXY: scene.standIn.proxyUrl,
    };
    const ended = await scene.run(["getcallerid"], { ...env, [variable]: "127.0.0.0/8" });
    expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 1, stdout: "" });
    expect(ended.stderr).toContain(`127.0.0.2:${scene.standIn.ports.sts}: the connection was refused\n`);
    expect(scene.standIn.connections).toEqual([]);
  });
}

scenario("loopback is never asked through a proxy", async (scene) => {
  const env = {
    ...ANA,
    AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${scene.standIn.ports.sts}`,
    HTTP_PROXY: scene.standIn.proxyUrl,
    http_proxy: scene.standIn.proxyUrl,
    // Known to the runtime, not to the AWS CLI.
    ALL_PROXY: scene.standIn.proxyUrl,
    all_proxy: scene.standIn.proxyUrl,
  };
  expect(await scene.run(args, env)).toEqual(good(scene));
  expect(scene.standIn.connections.map(({ entrance }) => entrance)).toEqual(["sts"]);
});
