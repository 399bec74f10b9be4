import { changesOf, mistakesIn, namesIn, type Policy } from "./policy";

/** A sign-in and the entries in a form take some time. */
export const LEAST_SIGN_IN_SECONDS = 60;

/** Why the form does not accept a value: as the server does not, or because it cannot have been meant. */
export type Mistake = "invalid" | "aboveMaximum" | "tooRecent" | "unknownClient";

/**
 * The mistakes by rule name. Values that are valid, but cannot have been meant, count only where they were changed.
 *
 * @param unknown client IDs that do not exist
 */
export function formMistakes(stored: Policy, policy: Policy, unknown: readonly string[]): Record<string, Mistake> {
  const found: Record<string, Mistake> = {};
  const changes = changesOf(stored, policy);
  const changed = (...names: string[]) => names.some((name) => name in changes);
  const { defaultLifetimeDays = "", maxLifetimeDays = "", reauthenticateSeconds = "", allowedClients = "" } = policy;
  if (changed("defaultLifetimeDays", "maxLifetimeDays") && exceeds(defaultLifetimeDays, maxLifetimeDays)) {
    found.defaultLifetimeDays = "aboveMaximum";
  }
  const seconds = Number(reauthenticateSeconds);
  if (changed("reauthenticateSeconds") && seconds > 0 && seconds < LEAST_SIGN_IN_SECONDS) {
    found.reauthenticateSeconds = "tooRecent";
  }
  if (namesIn(allowedClients).some((name) => unknown.includes(name))) {
    found.allowedClients = "unknownClient";
  }
  for (const name of mistakesIn(policy)) {
    found[name] = "invalid";
  }
  return found;
}

function exceeds(value: string, limit: string): boolean {
  return value.trim() !== "" && limit.trim() !== "" && Number(value) > Number(limit);
}
