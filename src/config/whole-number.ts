import { type Setting, unusable } from "./setting.ts";

/** A whole number of at least 1, or a Failure naming where it was written. */
export function wholeNumber({ value, source }: Setting): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (number < 1) throw unusable(source, "it is no whole number above 0", "write a number such as 3");
  return number;
}
