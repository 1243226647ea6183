/** A real Secret Service for a scenario: gnome-keyring on a D-Bus session of its own, unlocked. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Environment, start } from "./run.ts";
import type { Scene } from "./scene.ts";
import { until } from "./until.ts";

/** Whether the programs and the library are there. */
export const hasSecretService =
  ["dbus-daemon", "dbus-send", "gnome-keyring-daemon"].every((program) => Bun.which(program) !== null) &&
  ["x86_64", "aarch64"].some((name) => existsSync(`/usr/lib/${name}-linux-gnu/libsecret-1.so.0`));

export interface SecretService {
  /** By this a program finds it. */
  readonly env: Environment;
  /** Locks the collection, as a desktop does when its user leaves. */
  lock(): Promise<void>;
  /** Lets it answer nothing any more. */
  freeze(): void;
}

export async function withSecretService(
  scene: Scene,
  work: (service: SecretService) => Promise<void>,
): Promise<void> {
  const runtime = join(scene.root, "runtime");
  await mkdir(runtime, { mode: 0o700 });
  const env = { ...scene.env, XDG_RUNTIME_DIR: runtime, HOME: join(scene.root, "keyring-home") };
  const bus = join(runtime, "bus");
  const address = `unix:path=${bus}`;
  const config = join(runtime, "bus.conf");
  await Bun.write(config, busConfig(address));
  const daemon = Bun.spawn(["dbus-daemon", `--config-file=${config}`, "--nofork", "--nopidfile"], {
    env,
    stdio: ["ignore", "ignore", "ignore"],
  });
  const withBus = { ...env, DBUS_SESSION_BUS_ADDRESS: address };
  let keyring: Bun.Subprocess | undefined;
  try {
    await until(async () => existsSync(bus) || undefined);
    keyring = Bun.spawn(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], {
      env: withBus,
      stdio: [new TextEncoder().encode("made-up password\n"), "ignore", "ignore"],
    });
    const call = (method: string, ...args: readonly string[]) =>
      start(
        [
          ...["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets"],
          ...["/org/freedesktop/secrets", `org.freedesktop.Secret.Service.${method}`, ...args],
        ],
        withBus,
        scene.work,
      ).ended;
    const login = "/org/freedesktop/secrets/collection/login";
    await until(async () => {
      const { stdout } = await call("ReadAlias", "string:default");
      return stdout.includes(login) || undefined;
    });
    await work({
      env: { DBUS_SESSION_BUS_ADDRESS: address },
      lock: async () => {
        const { status, stderr } = await call("Lock", `array:objpath:${login}`);
        if (status !== 0) throw new Error(stderr);
      },
      freeze: () => keyring?.kill("SIGSTOP"),
    });
  } finally {
    keyring?.kill("SIGKILL");
    daemon.kill("SIGKILL");
    await Promise.all([keyring?.exited, daemon.exited]);
  }
}

/** A bus of this user that starts no service by itself: another gnome-keyring could be faster than the one that is unlocked. */
function busConfig(address: string): string {
  return `<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}
