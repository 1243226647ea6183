/** Made-up keys and certificates in every form that OpenSSL writes. The password of the encrypted ones is `password`. */
import { join } from "node:path";
import { root } from "../../../support/source-tree.ts";

export function fixture(name: string): Promise<Uint8Array> {
  return Bun.file(join(root, "test/fixtures/rolesanywhere", name)).bytes();
}
