import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { control } from "./control.ts";
import { serveConnection } from "./http/connection.ts";
import { listen } from "./http/listener.ts";
import { SAMPLE_IDENTITY_CENTER } from "./sample-identity-center.ts";
import { SAMPLE_EXTERNAL_ID, SAMPLE_KEYS, SAMPLE_MFA, SAMPLE_ROLES, SAMPLE_WORLD } from "./sample-world.ts";
import { startStandIn } from "./stand-in.ts";

/**
 * The stand-in with the sample world as a process of its own:
 *
 *     bun test/stand-in/serve.ts --dir DIR [--until-stdin-closes] [--approve-sign-ins]
 *
 * It writes DIR/ca.pem and DIR/stand-in.json (addresses, keys, environments), prints `ready`, and serves until
 * SIGTERM or SIGINT, or until its stdin ends. With --approve-sign-ins each one is approved at once. `control.ts` says what
 * the control address answers.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      dir: { type: "string" },
      "until-stdin-closes": { type: "boolean", default: false },
      "approve-sign-ins": { type: "boolean", default: false },
    },
  });
  if (values.dir === undefined) throw new Error("--dir names the folder for ca.pem and stand-in.json");

  const standIn = await startStandIn({ world: SAMPLE_WORLD });
  standIn.signInSettings.autoApprove = values["approve-sign-ins"];
  const controlListener = await listen((socket) => {
    serveConnection(socket, { answer: (request) => ({ reply: control(request, standIn), delay: 0 }) });
  });
  const folder = resolve(values.dir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const caFile = join(folder, "ca.pem");
  await standIn.writeCa(caFile);
  const { startUrl, region, user } = SAMPLE_IDENTITY_CENTER;
  const description = {
    pid: process.pid,
    ports: standIn.ports,
    tlsPorts: standIn.tlsPorts,
    proxyUrl: standIn.proxyUrl,
    controlUrl: `http://127.0.0.1:${controlListener.port}`,
    caFile,
    serverKeyPin: standIn.serverKeyPin,
    keys: SAMPLE_KEYS,
    roles: SAMPLE_ROLES,
    mfaSerialNumber: SAMPLE_MFA.serialNumber,
    externalId: SAMPLE_EXTERNAL_ID,
    identityCenter: { startUrl, region, user },
    proxyEnv: standIn.proxyEnv(caFile),
    endpointEnv: standIn.endpointEnv(),
  };
  const file = join(folder, "stand-in.json");
  await writeFile(file, `${JSON.stringify(description, undefined, 2)}\n`, { mode: 0o600 });
  // A file left by an earlier run keeps its mode when it is written again.
  await chmod(file, 0o600);
  await Bun.write(Bun.stdout, "ready\n");

  await Promise.race([signalled(), ...(values["until-stdin-closes"] ? [stdinEnds()] : [])]);
  await Promise.all([standIn.stop(), controlListener.stop()]);
  process.exit(0);
}

function signalled(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => done());
  });
}

async function stdinEnds(): Promise<void> {
  for await (const _ of Bun.stdin.stream()) {
    // What comes in is of no interest, only the end is.
  }
}

await main();
