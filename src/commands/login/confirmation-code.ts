/** The code that the sign-in service shows to a person whose browser is on another machine. Pure. */

export type Confirmation =
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "unusable"; readonly why: string };

/** Reads the base64 of `state=…&code=…`. Only the right `state` counts. `why` repeats nothing of the text. */
export function readConfirmation(text: string, state: string): Confirmation {
  const base64 = text.replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) {
    return { kind: "unusable", why: "it is not the code that the page shows" };
  }
  // No code holds a blank, which a form would write as a plus sign.
  const form = Buffer.from(base64, "base64").toString().replaceAll("+", "%2B");
  const parameters = new URLSearchParams(form);
  const code = parameters.get("code");
  const found = parameters.get("state");
  if (!code || found === null) return { kind: "unusable", why: "it is not the code that the page shows" };
  return found === state ? { kind: "code", code } : { kind: "unusable", why: "it is of another sign-in" };
}
