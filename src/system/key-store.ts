/**
 * The system's key store through `Bun.secrets`: the login keychain of macOS, the Credential Manager of Windows, the Secret
 * Service of Linux desktops. Bun 1.4.5 answers null for a locked collection of the Secret Service, as for a missing secret.
 */
import type { KeyStore } from "../lib/key-store.ts";

const service = "aws-login";

export const keyStore: KeyStore = {
  read: async (name) => (await Bun.secrets.get({ service, name })) ?? undefined,
  write: (name, value) => Bun.secrets.set({ service, name, value }),
  remove: async (name) => {
    await Bun.secrets.delete({ service, name });
  },
};
