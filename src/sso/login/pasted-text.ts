/** What a person pastes to end a sign-in: the address at which the browser ended, or the code alone. Pure. */

export type PastedText =
  /** The state of an address is checked; a code alone has none. */
  | { readonly kind: "code"; readonly code: string; readonly state: "checked" | "unknown" }
  | { readonly kind: "refused"; readonly error: string }
  | { readonly kind: "unusable"; readonly why: string };

/**
 * Reads the address, its query, or the code. An address counts only with the right `state`: otherwise a page elsewhere
 * could have the person paste the code of another sign-in (RFC 6749, 10.12). `why` repeats nothing of the text.
 */
export function readPasted(text: string, state: string): PastedText {
  const trimmed = text.trim().replace(/^["'<]+|["'>]+$/g, "");
  const query = trimmed.replace(/^[^?]*\?/, "").replace(/#.*$/s, "");
  const parameters = new URLSearchParams(query);
  const isAddress = trimmed.includes("://") || /^(code|state|error)=/.test(query);
  if (!isAddress) return readCode(trimmed);
  const code = parameters.get("code");
  const error = parameters.get("error");
  if (!code && !error) {
    const why = parameters.has("code_challenge")
      ? "it is the address of the page to open; paste the one at which the browser ended"
      : "it holds no code; paste the whole address at which the browser ended";
    return { kind: "unusable", why };
  }
  const found = parameters.get("state");
  if (found !== state) {
    const why = found === null ? "it holds no state; paste the whole address" : "it is of another sign-in";
    return { kind: "unusable", why };
  }
  if (error) return { kind: "refused", error };
  return { kind: "code", code: code ?? "", state: "checked" };
}

function readCode(text: string): PastedText {
  if (/^[\x21-\x7e]+$/.test(text)) return { kind: "code", code: text, state: "unknown" };
  return { kind: "unusable", why: "it is neither an address nor a code" };
}
