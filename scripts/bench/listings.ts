/** How long `dumpconfig` takes to list everything at a portal that allows so many requests a second. */
import type { StandIn } from "../project/stand-in.ts";

export interface Listing {
  readonly accounts: number;
  readonly milliseconds: number;
  /** What the portal's rate leaves possible: the number of requests through their rate. */
  readonly leastMilliseconds: number;
  /** Requests that came too soon. */
  readonly throttled: number;
}

const rolesEach = 5;
const perSecond = 100;
/** Milliseconds of a call. */
const latency = 50;
/** The portal's largest page. */
const pageSize = 100;

/** Lists portals of each size, each in a run of its own. Throws when a run fails or finds too little. */
export async function measureListings(
  program: string,
  standIn: StandIn,
  sizes: readonly number[],
): Promise<Listing[]> {
  const listings: Listing[] = [];
  for (const accounts of sizes) {
    await post(standIn, "/reset", {});
    await post(standIn, "/identity-center/large-directory", { accounts, rolesEach });
    await post(standIn, "/identity-center", { latency, rateLimit: { perSecond, burst: perSecond / 10 } });
    const { accessToken }: { accessToken: string } = await post(standIn, "/identity-center/sign-in", {});
    const argv = [program, "dumpconfig", "--sso-access-token", accessToken];
    const env = { HOME: standIn.folder, ...standIn.proxyEnv };
    const started = Bun.nanoseconds();
    const { exitCode, stdout, stderr } = Bun.spawnSync(argv, { env, maxBuffer: 2 ** 26 });
    const milliseconds = (Bun.nanoseconds() - started) / 1e6;
    if (exitCode !== 0) throw new Error(`${program} dumpconfig ended with ${exitCode}: ${stderr}`);
    const found = stdout.toString().match(/^\[profile /gm)?.length;
    if (found !== accounts * rolesEach) throw new Error(`${found} profiles for ${accounts} accounts`);
    const requests = accounts + Math.ceil(accounts / pageSize);
    const leastMilliseconds = (requests * 1000) / perSecond;
    listings.push({ accounts, milliseconds, leastMilliseconds, throttled: await throttledAt(standIn) });
  }
  await post(standIn, "/reset", {});
  return listings;
}

async function throttledAt(standIn: StandIn): Promise<number> {
  const response = await fetch(`${standIn.controlUrl}/records`);
  const { requests }: { requests: readonly { readonly status: number }[] } = JSON.parse(
    await response.text(),
  );
  return requests.filter(({ status }) => status === 429).length;
}

async function post<T>(standIn: StandIn, path: string, body: unknown): Promise<T> {
  const response = await fetch(`${standIn.controlUrl}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered with ${response.status}`);
  return JSON.parse(await response.text());
}
