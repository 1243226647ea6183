/** The server of an endpoint, with errors that say what to do. */
import { errorCode, Failure, reasonOf } from "../lib/errors.ts";
import type {
  RequestServer,
  ServedAddress,
  ServedRequest,
  ServedResponse,
} from "../system/endpoint-types.ts";
import type { System } from "../system/types.ts";

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there",
  EADDRNOTAVAIL: "this machine has no such address",
  EACCES: "this user may not listen there",
};

/** `respondOn` gets the server's own port. Throws a Failure when the address cannot be had. */
export async function listen(
  address: ServedAddress,
  system: Pick<System, "serveRequests">,
  respondOn: (request: ServedRequest, port: number) => Promise<ServedResponse>,
): Promise<RequestServer> {
  let port = address.port;
  try {
    const server = await system.serveRequests(address, (request) => respondOn(request, port));
    port = server.port;
    return server;
  } catch (error) {
    const why = reasons[errorCode(error)] ?? reasonOf(error);
    throw new Failure("failed", `cannot listen on ${address.hostname}:${address.port}: ${why}`, {
      hints: [
        errorCode(error) === "EADDRNOTAVAIL"
          ? "see this machine's addresses with: ip address (Linux), ifconfig (macOS), ipconfig (Windows)"
          : "choose another port with --port, or leave it out for a free one",
      ],
      cause: error,
    });
  }
}
