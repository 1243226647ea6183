/** Secrets in JSON files, each sealed by AES-256-GCM in the member that held it. */
import { readFields } from "../lib/json-object.ts";
import { pythonJson } from "../lib/python-json.ts";

/** Members that are sealed. An access token and temporary credentials live for hours, and stay plain. */
const secretMembers = ["refreshToken", "clientSecret"] as const;

/** Before the id of the key, a colon, and in base64url the nonce and the sealed text. */
const prefix = "sealed:1:";
const nonceLength = 12;

/** A key of 256 bits, and the id by which the system's key store has it. */
export interface SealingKey {
  readonly id: string;
  readonly key: CryptoKey;
}

export function isSealed(value: unknown): value is string {
  return typeof value === "string" && value.startsWith(prefix);
}

/** The id of the key that a sealed value needs. */
export function keyIdOf(sealed: string): string {
  return sealed.slice(prefix.length).split(":")[0] ?? "";
}

/** The id of the key of each sealed member, in the order of the members. */
export function keyIdsIn(text: string): readonly string[] {
  const fields = readFields(text) ?? {};
  return secretMembers.flatMap((name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return isSealed(value) ? [keyIdOf(value)] : [];
  });
}

/** What a text that is a JSON object has among its secret members. */
export function secretsIn(text: string): { readonly plain: boolean; readonly sealed: boolean } {
  const fields = readFields(text) ?? {};
  const values = secretMembers.map((name) => (Object.hasOwn(fields, name) ? fields[name] : undefined));
  return {
    plain: values.some((value) => typeof value === "string" && value !== "" && !isSealed(value)),
    sealed: values.some(isSealed),
  };
}

/** The text with each secret member changed; other members and the order stay. A text that is no object stays as it is. */
export async function changeSecrets(
  text: string,
  change: (name: string, value: string) => Promise<string>,
): Promise<string> {
  const fields = readFields(text);
  if (fields === undefined) return text;
  const changed = new Map<string, unknown>(Object.entries(fields));
  for (const name of secretMembers) {
    const value = changed.get(name);
    if (typeof value === "string" && value !== "") changed.set(name, await change(name, value));
  }
  return pythonJson(Object.fromEntries(changed));
}

/** `place` names file and member, so that a sealed value is good nowhere else. `nonce` has 12 random bytes. */
export async function sealValue(
  { id, key }: SealingKey,
  value: string,
  place: string,
  nonce: Uint8Array,
): Promise<string> {
  const algorithm = { name: "AES-GCM", iv: Uint8Array.from(nonce), additionalData: placeBytes(id, place) };
  const sealed = await crypto.subtle.encrypt(algorithm, key, new TextEncoder().encode(value));
  return `${prefix}${id}:${Buffer.concat([nonce, new Uint8Array(sealed)]).toString("base64url")}`;
}

/** Undefined for a value that this key did not seal in this place. */
export async function openValue(
  { id, key }: SealingKey,
  sealed: string,
  place: string,
): Promise<string | undefined> {
  const bytes = Buffer.from(sealed.slice(`${prefix}${id}:`.length), "base64url");
  const algorithm = {
    name: "AES-GCM",
    iv: Uint8Array.from(bytes.subarray(0, nonceLength)),
    additionalData: placeBytes(id, place),
  };
  try {
    const plain = await crypto.subtle.decrypt(algorithm, key, Uint8Array.from(bytes.subarray(nonceLength)));
    return new TextDecoder().decode(plain);
  } catch {
    // The runtime gives one error for all reasons, and it says nothing.
    return undefined;
  }
}

function placeBytes(id: string, place: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(`aws-login ${prefix}${id}:${place}`));
}
