import type { ServiceName } from "./service.ts";

const OPERATIONS = {
  portal: {
    "GET /federation/credentials": "GetRoleCredentials",
    "GET /assignment/accounts": "ListAccounts",
    "GET /assignment/roles": "ListAccountRoles",
    "POST /logout": "Logout",
  },
  actions: {
    "GET /36//idtoken/made-up-run/made-up-job": "GetIdToken",
  },
  s3: {
    "GET /": "ListBuckets",
  },
  rolesanywhere: {
    "POST /sessions": "CreateSession",
  },
  oidc: {
    "POST /client/register": "RegisterClient",
    "POST /device_authorization": "StartDeviceAuthorization",
    "POST /token": "CreateToken",
    "GET /authorize": "Authorize",
    "POST /authorize": "AnswerAuthorize",
    "GET /device": "ShowDevice",
    "POST /device": "AnswerDevice",
  },
  "start-page": {
    "GET /": "ShowStart",
    "GET /start": "ShowStart",
    "GET /device": "ShowDevice",
    "POST /device": "AnswerDevice",
  },
} as const;

type Table = typeof OPERATIONS;
type Routed = keyof Table;

/** The operations of a service that tells them by method and path. */
export type OperationOf<Name extends Routed> = Table[Name][keyof Table[Name]];

interface Asked {
  readonly method: string;
  readonly path: string;
  /** Absent on a service's own port, which stands for a custom endpoint: that may have a path before the operation's. */
  readonly host: unknown;
}

/** The operation that a request asks for; undefined for none, and for services that tell it in the form. */
export function operationOf<Name extends Routed>(service: Name, asked: Asked): OperationOf<Name> | undefined;
export function operationOf(service: ServiceName, asked: Asked): string | undefined;
export function operationOf(service: ServiceName, { method, path, host }: Asked): string | undefined {
  if (!isRouted(service)) return undefined;
  // Start URLs have paths of their own, to which those of the pages are added.
  const isBase = host !== undefined && service !== "start-page";
  const found = Object.entries(OPERATIONS[service]).find(([line]) => {
    const [wantedMethod, wantedPath = ""] = line.split(" ");
    return method === wantedMethod && (isBase ? path === wantedPath : path.endsWith(wantedPath));
  });
  return found?.[1];
}

function isRouted(service: ServiceName): service is Routed {
  return service in OPERATIONS;
}
