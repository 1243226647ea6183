import { describe, expect, test } from "bun:test";
import {
  chooseFlow,
  type FlowWishes,
  lookAround,
  type Surroundings,
} from "../../../src/sso/login/choose-flow.ts";
import { failureOf } from "../../support/failure.ts";
import { fakeSystem } from "../../support/fake-system.ts";

const wishes: FlowWishes = { useDeviceCode: false, noBrowser: false, remote: false, legacy: false };
const set = { BROWSER: "firefox" };

describe("chooseFlow()", () => {
  const cases: Record<string, [Partial<FlowWishes>, Record<string, string>, Surroundings, string]> = {
    "takes the browser of this machine": [{}, {}, undefined, "browser open"],
    "takes a code when told, and opens the page": [{ useDeviceCode: true }, {}, undefined, "device open"],
    "takes a code where nothing may be opened": [{ noBrowser: true }, {}, undefined, "device leave"],
    "opens nothing with both options": [
      { useDeviceCode: true, noBrowser: true },
      {},
      undefined,
      "device leave",
    ],
    "takes a code for a legacy profile": [{ legacy: true }, {}, undefined, "device open"],
    "takes a code over SSH": [{}, {}, "ssh", "device leave"],
    "takes a code in a container": [{}, {}, "container", "device leave"],
    "takes a code under WSL, whose opener reaches Windows": [{}, {}, "wsl", "device open"],
    "believes in BROWSER over SSH": [{}, set, "ssh", "browser open"],
    "believes in BROWSER in a container": [{}, set, "container", "browser open"],
    "believes in BROWSER under WSL": [{}, set, "wsl", "browser open"],
    "opens BROWSER for a code that was asked for over SSH": [
      { useDeviceCode: true },
      set,
      "ssh",
      "device open",
    ],
    "does not open BROWSER when told not to": [{ noBrowser: true }, set, undefined, "device leave"],
    "does not believe in an empty BROWSER": [{}, { BROWSER: "" }, "ssh", "device leave"],
  };
  for (const [name, [asked, env, surroundings, chosen]] of Object.entries(cases)) {
    test(`chooseFlow() ${name}`, () => {
      const { flow, browser } = chooseFlow({ ...wishes, ...asked }, env, surroundings);
      expect(`${flow} ${browser}`).toBe(chosen);
    });
  }
});

describe("chooseFlow() for a browser on another machine", () => {
  const SSH_CONNECTION = "192.0.2.1 50000 192.0.2.2 22";

  test("chooseFlow() opens nothing and asks for the address with --remote, wherever it is", () => {
    for (const surroundings of [undefined, "ssh", "container", "wsl"] as const) {
      expect(chooseFlow({ ...wishes, remote: true }, { ...set, SSH_CONNECTION }, surroundings)).toEqual({
        flow: "browser",
        browser: "leave",
        why: "--remote",
        elsewhere: { paste: "ask", sshConnection: SSH_CONNECTION },
      });
    }
  });

  test("chooseFlow() waits at the port of --callback-port, and opens a browser only where one may be", () => {
    const asked = { ...wishes, callbackPort: 8400 };
    const elsewhere = { paste: "never", port: 8400 } as const;
    expect(chooseFlow(asked, {}, undefined)).toMatchObject({ flow: "browser", browser: "open", elsewhere });
    expect(chooseFlow(asked, {}, "ssh")).toMatchObject({ flow: "browser", browser: "leave", elsewhere });
    expect(chooseFlow({ ...asked, noBrowser: true }, {}, undefined).browser).toBe("leave");
  });

  test("chooseFlow() refuses both options for a profile that names no session", async () => {
    for (const more of [{ remote: true }, { callbackPort: 8400 }]) {
      const failure = await failureOf(() => chooseFlow({ ...wishes, ...more, legacy: true }, {}, undefined));
      expect(failure.kind).toBe("usage");
      expect(failure.message).toContain("a profile without sso_session signs in with a device code");
    }
  });
});

describe("lookAround()", () => {
  type Place = {
    env?: Record<string, string>;
    files?: Record<string, string | Error>;
    platform?: NodeJS.Platform;
  };
  const cases: Record<string, [Place, Surroundings]> = {
    "sees nothing special": [{}, undefined],
    "sees SSH by its connection": [{ env: { SSH_CONNECTION: "a 1 b 2" } }, "ssh"],
    "sees SSH by its terminal, on any platform": [
      { env: { SSH_TTY: "/dev/pts/0" }, platform: "darwin" },
      "ssh",
    ],
    "sees a container of Docker": [{ files: { "/.dockerenv": "" } }, "container"],
    "sees a container of Podman": [{ files: { "/run/.containerenv": "" } }, "container"],
    "sees a container by a file that it may not read": [
      { files: { "/.dockerenv": new Error("EACCES") } },
      "container",
    ],
    "sees a pod": [{ env: { KUBERNETES_SERVICE_HOST: "10.0.0.1" } }, "container"],
    "sees WSL": [{ env: { WSL_DISTRO_NAME: "Debian" } }, "wsl"],
    "sees no container on macOS": [{ files: { "/.dockerenv": "" }, platform: "darwin" }, undefined],
  };
  for (const [name, [place, surroundings]] of Object.entries(cases)) {
    test(`lookAround() ${name}`, async () => {
      expect(await lookAround(fakeSystem(place))).toBe(surroundings);
    });
  }
});
