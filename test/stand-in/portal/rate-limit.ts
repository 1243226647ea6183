import type { World } from "../world/world.ts";

/**
 * Whether the portal lets one more request through. Tokens flow in at the allowed rate, by the world's clock, up to
 * `burst` (by default what flows in during one second); a request takes one.
 */
export function isLetThrough({ identityCenter, now }: World): boolean {
  const { allowance, settings } = identityCenter;
  if (settings.rateLimit === null) return true;
  const { perSecond, burst = perSecond } = settings.rateLimit;
  const time = now();
  const gained = (Math.max(0, time - allowance.filled) * perSecond) / 1000;
  const tokens = Math.min(burst, allowance.left + gained);
  allowance.filled = time;
  // Tenths of milliseconds add up to a hair less than whole tokens.
  const enough = tokens >= 1 - 1e-9;
  allowance.left = enough ? tokens - 1 : tokens;
  return enough;
}
