/** The secrets in the text of a stored file, sealed or open. */
import { Failure } from "../lib/errors.ts";
import type { System } from "../system/types.ts";
import { changeSecrets, isSealed, keyIdOf, openValue, type SealingKey, sealValue } from "./sealed-member.ts";
import type { SealingKeys } from "./sealing-key.ts";

export interface FileSecrets {
  /** The text with every plain secret sealed with the key. */
  sealed(path: string, text: string, key: SealingKey): Promise<string>;
  /** The text with every sealed secret open. Throws a Failure. */
  opened(path: string, text: string): Promise<string>;
}

/** For the files below `folder`, whose keys `keys` gives. */
export function secretsOf(
  system: Pick<System, "randomBytes">,
  folder: string,
  keys: Pick<SealingKeys, "stored">,
): FileSecrets {
  return {
    sealed: (path, text, key) =>
      changeSecrets(text, async (name, value) =>
        isSealed(value) ? value : sealValue(key, value, placeOf(folder, path, name), system.randomBytes(12)),
      ),
    opened: (path, text) =>
      changeSecrets(text, async (name, value) => {
        if (!isSealed(value)) return value;
        const key = await keys.stored(keyIdOf(value));
        const opened = await openValue(key, value, placeOf(folder, path, name));
        if (opened === undefined) throw damaged(path, name);
        return opened;
      }),
  };
}

/** A sealed value is good in this file and member alone. */
function placeOf(folder: string, path: string, member: string): string {
  return `${path.slice(folder.length + 1).replaceAll("\\", "/")}:${member}`;
}

function damaged(path: string, member: string): Failure {
  return new Failure("failed", `cannot open ${member} in ${path}: it is not what was sealed there`, {
    hints: ["remove the file, and sign in again"],
  });
}
