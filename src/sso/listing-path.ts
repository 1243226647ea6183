/** Where cached listings are. Completion loads this file, and little else. */
import { sha256Hex } from "../lib/digest.ts";

export function listingFolder(folder: string): string {
  return `${folder}/listings`;
}

/** `signIn` names the sign-in: the path of its token file, or the start URL where the token is stored nowhere. */
export function listingPath(folder: string, signIn: string): string {
  return `${listingFolder(folder)}/${sha256Hex(signIn)}`;
}
