import type { ExpiryChoice } from "./draft";

/** The realm's rules for the lifetime of new tokens; null if unset. */
export interface LifetimeRules {
  maxLifetimeDays: number | null;
  defaultLifetimeDays: number | null;
  /** The latest expiry of a token created now, according to the server's clock. */
  latestExpiry: string | null;
}

export const NO_RULES: LifetimeRules = { maxLifetimeDays: null, defaultLifetimeDays: null, latestExpiry: null };

/** The maximum lifetime of a token that expires, in every realm. */
export const LONGEST_LIFE_DAYS = 36_525;

const USUAL_DAYS = [7, 30, 60, 90];
const DEFAULT_DAYS = 30;

/** The offered lifetimes, shortest first, with the chosen one, which may come from a link. */
export function daysOnOffer(rules: LifetimeRules, { expiry }: Pick<ExpiryChoice, "expiry">): number[] {
  const days = new Set([...USUAL_DAYS, defaultDays(rules), rules.maxLifetimeDays ?? DEFAULT_DAYS, Number(expiry)]);
  return [...days].filter((number) => number >= 1 && number <= longest(rules)).sort((one, other) => one - other);
}

/** The choice under these rules: the default if nothing, or nothing that is allowed, was chosen. */
export function settled<T extends ExpiryChoice>(choice: T, rules: LifetimeRules): T {
  return isAllowed(choice, rules) ? choice : { ...choice, expiry: `${defaultDays(rules)}` };
}

/** Whether a token rotated now may keep its expiry. */
export function mayKeep(expiresAt: string | null, { latestExpiry }: LifetimeRules): boolean {
  return latestExpiry === null || (expiresAt !== null && new Date(expiresAt) <= new Date(latestExpiry));
}

function isAllowed({ expiry }: ExpiryChoice, rules: LifetimeRules): boolean {
  if (expiry === "default") {
    return false;
  }
  if (expiry === "none") {
    return rules.maxLifetimeDays === null;
  }
  const days = Number(expiry);
  return expiry === "date" || expiry === "keep" || (days >= 1 && days <= longest(rules));
}

function defaultDays(rules: LifetimeRules): number {
  return Math.min(rules.defaultLifetimeDays ?? DEFAULT_DAYS, longest(rules));
}

function longest({ maxLifetimeDays }: LifetimeRules): number {
  return Math.min(maxLifetimeDays ?? LONGEST_LIFE_DAYS, LONGEST_LIFE_DAYS);
}
