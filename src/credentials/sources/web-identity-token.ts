/** The token of a web identity: in a file, on stdin, or asked of GitHub Actions. */
import type { ActionsTokenRequest } from "../../aws/github/actions-token.ts";
import type { HttpClient } from "../../aws/http/http-client.ts";
import { attempted, Failure, reasonOf } from "../../lib/errors.ts";
import type { System } from "../../system/types.ts";

/** Where the token is. */
export type WebIdentityToken =
  /** `source` is the option, the variable, or the setting with file and line, that names the file. */
  | { readonly kind: "file"; readonly path: string; readonly source: string }
  | { readonly kind: "stdin" }
  | ({ readonly kind: "github" } & ActionsTokenRequest);

/** The audience that IAM's documents name for AWS, and that GitHub's own action asks for. */
const audience = "sts.amazonaws.com";

export interface TokenContext {
  readonly system: Pick<System, "readText" | "readStdin" | "stdinIsTerminal">;
  readonly http: HttpClient;
}

/** Reads the token anew. Throws a Failure that names the place at fault. */
export async function readWebIdentityToken(
  token: WebIdentityToken,
  { system, http }: TokenContext,
): Promise<string> {
  switch (token.kind) {
    case "file":
      return readFileToken(token, system);
    case "stdin":
      return readStdinToken(system);
    case "github":
      return askGitHub(token, http);
  }
}

/** For a note: where the token came from. */
export function tokenPlace(token: WebIdentityToken): string {
  switch (token.kind) {
    case "file":
      return `the token in ${token.path} (${token.source})`;
    case "stdin":
      return "the token on stdin";
    case "github":
      return "the token of GitHub Actions";
  }
}

async function readFileToken(
  { path, source }: Extract<WebIdentityToken, { kind: "file" }>,
  system: Pick<System, "readText">,
): Promise<string> {
  const unusable = (why: string, cause?: unknown) =>
    new Failure("failed", `cannot use the token file ${path} (${source}): ${why}`, {
      hints: ["the file must hold the token of the web identity, and be readable for you"],
      cause,
    });
  let text: string | undefined;
  try {
    text = await system.readText(path);
  } catch (error) {
    throw unusable(`it cannot be read: ${reasonOf(error)}`, error);
  }
  if (text === undefined) throw unusable("it does not exist");
  // Editors and `echo` leave blanks at the ends, which are not part of a token.
  const token = text.trim();
  if (token === "") throw unusable("it is empty");
  return token;
}

async function readStdinToken(system: TokenContext["system"]): Promise<string> {
  // A token that is typed or pasted would stand on the screen.
  const token = (await system.stdinIsTerminal()) ? undefined : (await system.readStdin()).trim();
  if (token) return token;
  const why = token === undefined ? "stdin is a terminal" : "there is no token on stdin";
  throw new Failure("failed", `cannot use --web-identity-token -: ${why}`, {
    hints: ["write the token, and nothing else, to the program's stdin: PROGRAM | aws-login …"],
  });
}

async function askGitHub(request: ActionsTokenRequest, http: HttpClient): Promise<string> {
  const { actionsToken } = await import("../../aws/github/actions-token.ts");
  try {
    return await actionsToken(http, request, audience);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw attempted(error, "cannot get a token from GitHub Actions");
  }
}
