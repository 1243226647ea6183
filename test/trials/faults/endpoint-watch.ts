/** A program under `runas --auto-refresh`, and a watch on everything that its endpoint responds with. */
import { type Canaries, watchSecrets } from "../../end-to-end/support/canaries.ts";
import { type IssuedSet, watchSets } from "../../end-to-end/support/endpoints.ts";
import type { Scene } from "../../end-to-end/support/scene.ts";
import { lineOfFile, until } from "../../end-to-end/support/until.ts";
import { setOf, wrongResponse } from "./endpoint-responses.ts";

export interface EndpointWatch {
  /** The sets that AWS has given out, in order. */
  readonly issued: readonly IssuedSet[];
  /** The one of the last response; undefined when that was an error. */
  served(): IssuedSet | undefined;
  /** How many responses were errors. */
  errors(): number;
  /** What was wrong with the responses since the last call, a line each. */
  problems(): string[];
  end(): Promise<void>;
}

/** Milliseconds between two requests of the program. */
const pause = 60;

/** Resolves when the first response is there. */
export async function watchEndpoint(scene: Scene, profile: string): Promise<EndpointWatch> {
  const issued = watchSets(scene.standIn);
  const canaries = watchSecrets(scene.standIn);
  const address = `${scene.root}/address`;
  const tell =
    'echo "$AWS_CONTAINER_CREDENTIALS_FULL_URI $AWS_CONTAINER_AUTHORIZATION_TOKEN" > "$0"; exec sleep 900';
  const program = scene.start([
    "runas",
    "--auto-refresh",
    "--profile",
    profile,
    "--",
    "sh",
    "-c",
    tell,
    address,
  ]);
  const [uri = "", token = ""] = await until(async () => (await lineOfFile(address))?.split(" "));
  let last: IssuedSet | undefined;
  let served: IssuedSet | undefined;
  let found: string[] = [];
  let errors = 0;
  let isOver = false;
  const look = async () => {
    const asked = Date.now();
    const response = await fetch(uri, { headers: { Authorization: token } });
    const body = await response.text();
    const seen = { asked, responded: Date.now(), status: response.status, body };
    found.push(...wrongResponse(seen, issued, last), ...leaks(seen, canaries));
    served = setOf(seen, issued);
    last = served ?? last;
    if (served === undefined) errors++;
  };
  const looking = (async () => {
    for (; !isOver; await Bun.sleep(pause)) {
      await look().catch((error: unknown) => found.push(`there is no response: ${error}`));
    }
  })();
  await until(async () => (served !== undefined || found.length > 0 ? true : undefined));
  return {
    issued,
    served: () => served,
    errors: () => errors,
    problems: () => {
      const problems = [...new Set(found)];
      found = [];
      return problems;
    },
    end: async () => {
      isOver = true;
      await looking;
      program.kill("SIGKILL");
      await program.ended;
    },
  };
}

/** An error says what failed, and no secret. */
function leaks(
  { status, body }: { readonly status: number; readonly body: string },
  canaries: Canaries,
): string[] {
  return status === 200 ? [] : canaries.foundIn(body).map((name) => `an error holds the ${name}`);
}
