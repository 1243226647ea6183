/** Opens encrypted PKCS#8 keys (RFC 5958). */
import { derChildren, derContent, derTags, readDer } from "../../../lib/der.ts";
import type { Crypto } from "./decipher.ts";
import { decryptWithPassword, typedPassword } from "./password-encryption.ts";

/** The PKCS#8 key in an EncryptedPrivateKeyInfo, as DER. Throws a Failure, as `decryptWithPassword()` does. */
export function openEncryptedKey(encrypted: Uint8Array, password: string, crypto: Crypto): Uint8Array {
  const [algorithm, data] = derChildren(readDer(encrypted), derTags.sequence);
  return decryptWithPassword(
    algorithm,
    derContent(data, derTags.octetString),
    typedPassword(password),
    crypto,
  );
}
