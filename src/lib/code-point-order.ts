/** The order of code points, as `sort` has it in the C locale. The runtime's own order is that of UTF-16. Pure. */

/** The units that stand in another order than their code points: halves of a pair, and U+E000 to U+FFFF. */
const HIGH = /[\ud800-\uffff]/;

/** Negative where `one` comes first, 0 where the two are equal. */
export function compareCodePoints(one: string, other: string): number {
  if (one === other) return 0;
  if (!HIGH.test(one) || !HIGH.test(other)) return one < other ? -1 : 1;
  let at = 0;
  while (one[at] === other[at]) at++;
  return rank(one, at) - rank(other, at);
}

/** Whether the runtime's own order of texts like this is that of their code points. */
export function isInUnitOrder(text: string): boolean {
  return !/[\ud800-\udfff]/.test(text);
}

/** -1 behind the end of the text. */
function rank(text: string, at: number): number {
  if (at >= text.length) return -1;
  const unit = text.charCodeAt(at);
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
