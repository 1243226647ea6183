/** Secrets of a run's own, in the shapes that AWS and people give them. */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export type Shape =
  | "secret key"
  | "secret key with a slash in front"
  | "token"
  | "encoded token"
  | "password";

/** Never the same twice for one generator of fractions. */
export function madeUp(shape: Shape, random: () => number): string {
  const letters = (length: number) =>
    Array.from({ length }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join("");
  switch (shape) {
    // Sure to have each sort of letter, as all but one of some thousands have.
    case "secret key":
      return `${letters(12)}aB7/${letters(10)}+${letters(13)}`;
    // As one of 64 is.
    case "secret key with a slash in front":
      return `/${madeUp("secret key", random).slice(1)}`;
    case "encoded token":
      return encodeURIComponent(madeUp("token", random));
    case "token":
      return `${letters(60)}aB7/${letters(50)}+${letters(60)}/${letters(200)}==`;
    case "password":
      return `p${letters(13)}w`;
  }
}
