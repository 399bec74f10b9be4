/** The realm's policy: attributes "apiTokens.…", as docs/policies.md describes them. */
interface NumberRule {
  kind: "number";
  name: string;
  /** The minimum value. */
  least: number;
  /** The default value. */
  usual?: number;
  unit: "days" | "seconds";
}

interface FlagRule {
  kind: "flag";
  name: string;
  usual: boolean;
}

interface NamesRule {
  kind: "names";
  name: string;
  usual: string;
}

interface PageRule {
  kind: "page";
  name: string;
}

interface NetworksRule {
  kind: "networks";
  name: string;
}

export type Rule = NumberRule | FlagRule | NamesRule | PageRule | NetworksRule;

/** The values by rule name; blank if unset. */
export type Policy = Record<string, string>;

export const CREATION: readonly Rule[] = [
  { kind: "number", name: "maxLifetimeDays", least: 1, unit: "days" },
  { kind: "number", name: "defaultLifetimeDays", least: 1, unit: "days" },
  { kind: "number", name: "reauthenticateSeconds", least: 0, usual: 3600, unit: "seconds" },
  { kind: "names", name: "allowedClients", usual: "account-console" },
  { kind: "flag", name: "organizationRequired", usual: false },
  { kind: "page", name: "helpUrl" },
];
export const USE: readonly Rule[] = [{ kind: "networks", name: "allowedNetworks" }];
export const REVOCATION: readonly Rule[] = [
  { kind: "number", name: "idleDays", least: 1, unit: "days" },
  { kind: "flag", name: "revokeOnPasswordChange", usual: false },
  { kind: "flag", name: "revokeOnLogoutAll", usual: false },
  { kind: "number", name: "keepInactiveDays", least: 0, usual: 30, unit: "days" },
];
export const RECORDS: readonly Rule[] = [
  { kind: "flag", name: "recordAddress", usual: false },
  { kind: "flag", name: "notices", usual: true },
];
export const ALL_RULES = [...CREATION, ...USE, ...REVOCATION, ...RECORDS];

const PREFIX = "apiTokens.";
/** The maximum of every number. */
export const MOST = 100_000_000;

export function policyOf(attributes: Record<string, string> = {}): Policy {
  return Object.fromEntries(ALL_RULES.map(({ name }) => [name, (attributes[PREFIX + name] ?? "").trim()]));
}

/** A policy of which every rule has its default value. */
export function hasNoRules(policy: Policy): boolean {
  return Object.values(policy).every((text) => text === "");
}

/** The rules that differ. */
export function changesOf(stored: Policy, policy: Policy): Policy {
  return Object.fromEntries(Object.entries(policy).filter(([name, text]) => text !== stored[name]));
}

/** The attributes with these rules; blank rules are removed. */
export function withRules(attributes: Record<string, string> = {}, rules: Policy): Record<string, string> {
  const all = { ...attributes };
  for (const [name, text] of Object.entries(rules)) {
    const value = text.trim();
    if (value) {
      all[PREFIX + name] = value;
    } else {
      delete all[PREFIX + name];
    }
  }
  return all;
}

/** The client IDs in a list that is separated by spaces or commas. */
export function namesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
