/** What a program of `runas --auto-refresh` gets from its endpoint, response by response, and whether it may get that. */
import type { IssuedSet } from "../../end-to-end/support/endpoints.ts";

export interface EndpointResponse {
  /** Milliseconds since the epoch. */
  readonly asked: number;
  readonly responded: number;
  readonly status: number;
  readonly body: string;
}

/** Milliseconds; botocore gives an attempt up after two seconds, and a loaded machine is slower. */
const longest = 3_000;

/**
 * What is wrong with it, a line each. `issued`: all sets that AWS has given out by now; `last`: the one of the response
 * before.
 */
export function wrongResponse(
  response: EndpointResponse,
  issued: readonly IssuedSet[],
  last: IssuedSet | undefined,
): string[] {
  const { asked, responded, status, body } = response;
  const slow = responded - asked > longest ? [`it came after ${Math.round(responded - asked)} ms`] : [];
  const members = membersOf(body);
  if (members === undefined) return [...slow, `the body is no JSON object: ${body.slice(0, 200)}`];
  if (status === 200) return [...slow, ...wrongSet(members, issued, asked)];
  // 400: what is to be served cannot be, such as long-term keys.
  if (![400, 401, 503].includes(status)) return [...slow, `it has the status ${status}`];
  const texts = ["code", "message", "Code", "Message"].filter((name) => !isText(members[name]));
  const isHelpless = status === 401 && !String(members.message).includes("aws-login login");
  const wasValid = last?.expiration !== undefined && lastSecond(last.expiration) > responded;
  return [
    ...slow,
    ...texts.map((name) => `the error has no ${name}`),
    ...(isHelpless ? ["it does not say what helps"] : []),
    ...(wasValid ? [`it is an error with ${status}, and the last set is valid still`] : []),
  ];
}

/** The set of a response; undefined for an error. */
export function setOf(
  { status, body }: EndpointResponse,
  issued: readonly IssuedSet[],
): IssuedSet | undefined {
  if (status !== 200) return undefined;
  const id = membersOf(body)?.AccessKeyId;
  return issued.find(({ accessKeyId }) => accessKeyId === id);
}

function wrongSet(
  members: Readonly<Record<string, unknown>>,
  issued: readonly IssuedSet[],
  asked: number,
): string[] {
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = members;
  if (![AccessKeyId, SecretAccessKey, Token, Expiration].every(isText))
    return ["a member is missing or empty"];
  const set = issued.find(({ accessKeyId }) => accessKeyId === AccessKeyId);
  if (set === undefined) return ["AWS has given out no such key"];
  const problems: string[] = [];
  if (set.secretAccessKey !== SecretAccessKey || set.sessionToken !== Token)
    problems.push("the parts are not of one set");
  if ((set.expiration ?? 0) <= asked) problems.push("the set has expired");
  if (!(Date.parse(String(Expiration)) > asked)) problems.push(`it says that it has expired: ${Expiration}`);
  return problems;
}

/** The endpoint serves a set until the whole second in which it ends. */
function lastSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

function membersOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
