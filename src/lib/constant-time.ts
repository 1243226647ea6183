/**
 * Whether the texts are equal, in a time that depends on the length of `given` alone: how long a refusal takes must not
 * tell how much of a secret was right.
 */
export function equalInConstantTime(given: string, secret: string): boolean {
  let difference = given.length ^ secret.length;
  for (let index = 0; index < given.length; index++) {
    difference |= given.charCodeAt(index) ^ secret.charCodeAt(index % secret.length);
  }
  return difference === 0;
}
