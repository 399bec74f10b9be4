import { networksMistake } from "../shared/networks";
import { ALL_RULES, MOST, namesIn, type Policy, type Rule } from "./policy";

/** A sign-in and the entries in a form take some time. */
export const LEAST_SIGN_IN_SECONDS = 60;

// What the server's class PolicyAttributes accepts, except for rare forms of addresses.
const LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const HOST = String.raw`(?:(?:${LABEL}\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?|\d{1,3}(?:\.\d{1,3}){3})`;
const TEXT = "(?:[\\w.~:/?@!$&'()*+,;=-]|%[0-9a-f]{2})*";
const WEB_PAGE = new RegExp(String.raw`^https?://${HOST}(?::\d{1,5})?(?:[/?]${TEXT})?(?:#${TEXT})?$`, "i");

/** Why the form does not accept a value. */
export type Mistake = "invalid" | "aboveMaximum" | "tooRecent" | "unknownClient";

/** The mistakes by rule name. */
export type Mistakes = Record<string, Mistake>;

/**
 * The values with which the server creates no tokens.
 *
 * @param edits the values that were changed: of two that contradict each other, the changed one is marked
 */
export function mistakesIn(policy: Policy, edits: Policy = {}): Mistakes {
  const found: Mistakes = {};
  const { defaultLifetimeDays = "", maxLifetimeDays = "", reauthenticateSeconds = "" } = policy;
  if (exceeds(defaultLifetimeDays, maxLifetimeDays)) {
    const onlyMaximum = "maxLifetimeDays" in edits && !("defaultLifetimeDays" in edits);
    found[onlyMaximum ? "maxLifetimeDays" : "defaultLifetimeDays"] = "aboveMaximum";
  }
  const seconds = Number(reauthenticateSeconds);
  if (seconds > 0 && seconds < LEAST_SIGN_IN_SECONDS) {
    found.reauthenticateSeconds = "tooRecent";
  }
  for (const rule of ALL_RULES) {
    if (!isValid(rule, policy[rule.name] ?? "")) {
      found[rule.name] = "invalid";
    }
  }
  return found;
}

/** These mistakes, and client IDs that do not exist. */
export function formMistakes(policy: Policy, edits: Policy, unknownClients: readonly string[]): Mistakes {
  const found = mistakesIn(policy, edits);
  if (namesIn(policy.allowedClients ?? "").some((name) => unknownClients.includes(name))) {
    found.allowedClients = "unknownClient";
  }
  return found;
}

function exceeds(value: string, limit: string): boolean {
  return value.trim() !== "" && limit.trim() !== "" && Number(value) > Number(limit);
}

function isValid(rule: Rule, text: string): boolean {
  const value = text.trim();
  if (value === "" || rule.kind === "names") {
    return true;
  }
  if (rule.kind === "page") {
    return WEB_PAGE.test(value);
  }
  if (rule.kind === "networks") {
    return !networksMistake(value);
  }
  return rule.kind === "flag"
    ? value === "true" || value === "false"
    : /^\d+$/.test(value) && Number(value) >= rule.least && Number(value) <= MOST;
}
