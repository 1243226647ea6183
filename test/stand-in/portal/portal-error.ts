import { jsonReply, type Reply } from "../http/reply.ts";

/** The errors of the portal and their statuses. `ForbiddenException` is not in AWS's model, yet AWS sends it. */
const STATUS = {
  InvalidRequestException: 400,
  UnauthorizedException: 401,
  ForbiddenException: 403,
  ResourceNotFoundException: 404,
  TooManyRequestsException: 429,
} as const;

export type PortalError = keyof typeof STATUS;

const NAMESPACE = "com.amazonaws.switchboard.portal";

/** An error as the portal words it: the code stands in a header, with an address after it, and in `__type`. */
export function portalError(code: PortalError, message: string, requestId: string): Reply {
  const answer = jsonReply(STATUS[code], { message, __type: `${NAMESPACE}#${code}` });
  const headers = [
    ["x-amzn-ErrorType", `${code}:http://internal.amazon.com/coral/${NAMESPACE}/`],
    ["x-amzn-RequestId", requestId],
  ] as const;
  return { ...answer, headers: [...answer.headers, ...headers] };
}
