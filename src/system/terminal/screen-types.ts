/** The terminal as the program draws on it. Types only. */

/** What a person or the outside does while the program draws on the terminal. */
export type ScreenEvent =
  | { readonly kind: "input"; readonly text: string }
  | { readonly kind: "resized" }
  /** `wake()` was called. */
  | { readonly kind: "woken" }
  /** A signal came, or the terminal is gone: the work must end. */
  | { readonly kind: "ended" };

/** A terminal that the program draws on. */
export interface Screen {
  size(): { readonly columns: number; readonly rows: number };
  /** Writes the text as it is, escape sequences included. */
  draw(text: string): void;
  /** The next event; undefined when none comes within so many milliseconds. */
  next(milliseconds?: number): Promise<ScreenEvent | undefined>;
  wake(): void;
}
