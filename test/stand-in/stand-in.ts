import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { createFaultPlan, type Fault } from "./faults.ts";
import { serveConnection } from "./http/connection.ts";
import { type Listener, listen } from "./http/listener.ts";
import { type ProxyCredentials, type ProxySettings, serveProxy } from "./proxy.ts";
import {
  type ConnectionRecord,
  createRecords,
  type Entrance,
  type RequestRecord,
  type TunnelRecord,
} from "./records.ts";
import { exchange } from "./send-request.ts";
import type { ServiceName } from "./service.ts";
import { createSignInDesk, type SignInDesk } from "./sign-in-desk.ts";
import type { WorldPlan } from "./world/plan.ts";
import { DEFAULT_SETTINGS, type SignInSettings } from "./world/sign-in-settings.ts";
import { createWorld, type World } from "./world/world.ts";
import { type CertificateFlaw, createAuthority } from "./x509/authority.ts";

export interface StandInOptions {
  readonly world: WorldPlan;
  /** The servers' clock, in milliseconds since the epoch; default: the machine's. */
  readonly now?: () => number;
  /** Keys given out follow from it: the same seed, the same keys. */
  readonly seed?: string;
  /** The proxy asks for these by Basic authentication. */
  readonly proxyCredentials?: ProxyCredentials;
  /** Hosts that show a certificate which clients must refuse. */
  readonly flawedCertificates?: Readonly<Record<string, CertificateFlaw>>;
  /** How Identity Center behaves, where that differs from `DEFAULT_SETTINGS`. */
  readonly signInSettings?: Partial<SignInSettings>;
}

/** The services that have a port of their own. */
type OwnPort = "sts" | "signin" | "rolesanywhere" | "imds" | "container" | "actions" | "portal" | "oidc";

/** The services that have a port with TLS of its own besides, as `https://localhost:PORT`. */
type TlsPort = Extract<OwnPort, "sts" | "signin" | "portal" | "oidc">;

export interface StandIn extends SignInDesk {
  /** Identities, keys and clock; `world.instance` may be replaced at any time. */
  readonly world: World;
  /** How Identity Center behaves; may be changed at any time. */
  readonly signInSettings: SignInSettings;
  readonly ports: Readonly<Record<OwnPort | "proxy", number>>;
  readonly tlsPorts: Readonly<Record<TlsPort, number>>;
  /** With the credentials in it, when the proxy wants any. */
  readonly proxyUrl: string;
  /** The certificate of the authority that vouches for the AWS hosts behind the proxy. */
  readonly caPem: string;
  /** For browsers: the SHA-256, in base64, of the public key that the AWS hosts behind the proxy have. */
  readonly serverKeyPin: string;
  readonly requests: readonly RequestRecord[];
  /** Every CONNECT, and every request for a host that the stand-in does not play. */
  readonly tunnels: readonly TunnelRecord[];
  readonly connections: readonly ConnectionRecord[];
  /** Orders trouble for requests to come. */
  fault(fault: Fault): void;
  /** Moves the servers' clock on (or back) by so many milliseconds. */
  moveClock(milliseconds: number): void;
  /** Forgets records and faults, sets clock and settings right. Keys and tokens that are out stay valid. */
  reset(): void;
  writeCa(file: string): Promise<void>;
  /** The environment that leads a client through the proxy to the real host names. */
  proxyEnv(caFile: string): Record<string, string>;
  /** The environment that leads a client to the services' own ports, without TLS. */
  endpointEnv(): Record<string, string>;
  /** The environment that leads a client to these ports with TLS, without a proxy. */
  tlsEndpointEnv(caFile: string, ports?: Readonly<Record<TlsPort, number>>): Record<string, string>;
  stop(): Promise<void>;
}

/** Starts the AWS stand-in on 127.0.0.1. It plays STS, sign-in, Roles Anywhere, Identity Center, instance metadata, the agent of a container and the token endpoint of GitHub Actions. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const machineClock = options.now ?? Date.now;
  let offset = 0;
  const world = createWorld(options.world, () => machineClock() + offset, options.seed ?? "stand-in");
  const initialSettings = { ...DEFAULT_SETTINGS, ...options.signInSettings };
  Object.assign(world.identityCenter.settings, initialSettings);
  const faults = createFaultPlan();
  const records = createRecords();
  const authority = createAuthority(Date.now());
  const ownPorts = new Map<number, ServiceName>();
  const settings: ProxySettings = {
    world,
    faults,
    records,
    authority,
    credentials: options.proxyCredentials,
    flaws: new Map(Object.entries(options.flawedCertificates ?? {})),
    ownPorts,
  };

  const listeners: Listener[] = [];
  let connection = 0;
  const open = async (entrance: Entrance, serve: (socket: Socket, connection: number) => void) => {
    const listener = await listen((socket) => {
      connection++;
      records.connections.push({ connection, entrance });
      serve(socket, connection);
    });
    listeners.push(listener);
    return listener.port;
  };
  const openService = async (service: OwnPort) => {
    const port = await open(service, (socket, number) => {
      const route = { connection: number, entrance: service, service };
      serveConnection(socket, { answer: (request) => exchange(request, route, settings) });
    });
    ownPorts.set(port, service);
    return port;
  };
  const openTls = (service: TlsPort) =>
    open(service, (socket, number) => {
      const secureContext = authority.serverContext("localhost");
      const secure = new TLSSocket(socket, { isServer: true, secureContext });
      const route = { connection: number, entrance: service, service };
      serveConnection(secure, {
        reset: () => socket.resetAndDestroy(),
        answer: (request) => exchange(request, route, settings),
      });
    });
  const ports = {
    sts: await openService("sts"),
    signin: await openService("signin"),
    rolesanywhere: await openService("rolesanywhere"),
    imds: await openService("imds"),
    container: await openService("container"),
    actions: await openService("actions"),
    portal: await openService("portal"),
    oidc: await openService("oidc"),
    proxy: await open("proxy", (socket, number) => serveProxy(socket, number, settings)),
  };
  const tlsPorts = {
    sts: await openTls("sts"),
    signin: await openTls("signin"),
    portal: await openTls("portal"),
    oidc: await openTls("oidc"),
  };
  const { proxyCredentials: login } = options;
  const userInfo =
    login === undefined ? "" : `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`;
  const proxyUrl = `http://${userInfo}127.0.0.1:${ports.proxy}`;
  const metadata = { AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${ports.imds}` };

  return {
    ...createSignInDesk(world),
    world,
    signInSettings: world.identityCenter.settings,
    ports,
    tlsPorts,
    proxyUrl,
    caPem: authority.pem,
    serverKeyPin: authority.serverKeyPin,
    requests: records.requests,
    tunnels: records.tunnels,
    connections: records.connections,
    fault: (fault) => faults.add(fault),
    moveClock: (milliseconds) => {
      offset += milliseconds;
    },
    reset() {
      records.clear();
      faults.clear();
      offset = 0;
      Object.assign(world.identityCenter.settings, initialSettings);
    },
    writeCa: async (file) => {
      await Bun.write(file, authority.pem);
    },
    // Metadata is never reached through a proxy, so its own port is named here too.
    proxyEnv: (caFile) => ({ HTTPS_PROXY: proxyUrl, AWS_CA_BUNDLE: caFile, ...metadata }),
    endpointEnv: () => ({
      AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${ports.sts}`,
      AWS_ENDPOINT_URL_ROLESANYWHERE: `http://127.0.0.1:${ports.rolesanywhere}`,
      AWS_ENDPOINT_URL_SIGNIN: `http://127.0.0.1:${ports.signin}`,
      AWS_ENDPOINT_URL_SSO: `http://127.0.0.1:${ports.portal}`,
      AWS_ENDPOINT_URL_SSO_OIDC: `http://127.0.0.1:${ports.oidc}`,
      ...metadata,
    }),
    tlsEndpointEnv: (caFile, at = tlsPorts) => ({
      AWS_ENDPOINT_URL_STS: `https://localhost:${at.sts}`,
      AWS_ENDPOINT_URL_SIGNIN: `https://localhost:${at.signin}`,
      AWS_ENDPOINT_URL_SSO: `https://localhost:${at.portal}`,
      AWS_ENDPOINT_URL_SSO_OIDC: `https://localhost:${at.oidc}`,
      AWS_CA_BUNDLE: caFile,
      ...metadata,
    }),
    stop: async () => {
      await Promise.all(listeners.map((listener) => listener.stop()));
    },
  };
}
