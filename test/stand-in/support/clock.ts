/** A clock that stands still until it is moved; milliseconds since the epoch. */
export interface TestClock {
  now(): number;
  move(milliseconds: number): void;
}

export const NOON = Date.parse("2026-03-01T12:00:00Z");
export const MINUTE = 60 * 1000;

export function testClock(start = NOON): TestClock {
  let time = start;
  return {
    now: () => time,
    move: (milliseconds) => {
      time += milliseconds;
    },
  };
}
