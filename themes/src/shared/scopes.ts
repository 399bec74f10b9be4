import type { Draft, Expiry } from "./draft";
import { type LifetimeRules, settled } from "./lifetime";

/** A scope that may be chosen for a new token. */
export interface Scope {
  name: string;
  /** The server's description, in the user's language. */
  text: string | null;
  builtIn: boolean;
  /** The client IDs of the resource servers that accept it; null for all. */
  resourceServers: string[] | null;
}

export interface Organization {
  alias: string;
  name: string;
}

/** The rules for a new token; only the lifetimes are always present. */
export interface CreationRules extends LifetimeRules {
  scopes?: readonly Scope[];
  organizations?: readonly Organization[];
  organizationRequired?: boolean;
  /** The networks from which all tokens of the realm can be used; null if the realm allows all. */
  allowedNetworks?: readonly string[] | null;
}

/** The scopes that are accepted by the same resource servers. */
export interface ScopeGroup {
  /** null for all; empty for none. */
  resourceServers: string[] | null;
  scopes: Scope[];
}

/** The content of the form as these rules allow it. */
export interface Settled {
  draft: Draft;
  /** The scopes that were chosen, but are not on offer. */
  notOffered: string[];
  /** The expiry that was chosen, but is not on offer. */
  expiryNotOffered?: Expiry;
}

export const BUILT_IN_SCOPES: readonly Scope[] = ["read", "write"].map((name) => ({
  name,
  text: null,
  builtIn: true,
  resourceServers: null,
}));

/** The rules of RFC 6749 for a scope. */
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]{1,255}$/;

export function isScopeName(text: string): boolean {
  return SCOPE.test(text);
}

/** The name for display; a name that is not allowed comes from a link and may contain anything. */
export function shownName(name: string): string {
  return isScopeName(name) ? name : `\u2068${name.replace(/\p{C}/gu, "\uFFFD").slice(0, 255)}\u2069`;
}

/** Groups scopes by their resource servers: first those for all, last those for none. */
export function groupsOf(scopes: readonly Scope[]): ScopeGroup[] {
  const groups = new Map<string, ScopeGroup>();
  for (const scope of scopes) {
    const key = JSON.stringify(scope.resourceServers);
    const group = groups.get(key) ?? { resourceServers: scope.resourceServers, scopes: [] };
    group.scopes.push(scope);
    groups.set(key, group);
  }
  const rank = ({ resourceServers }: ScopeGroup) => (resourceServers ? (resourceServers.length > 0 ? 1 : 2) : 0);
  const title = ({ resourceServers }: ScopeGroup) => resourceServers?.join(" ") ?? "";
  return [...groups.values()].sort(
    (one, other) => rank(one) - rank(other) || title(one).localeCompare(title(other), "en"),
  );
}

/** Whether all words of the search are in the scope's name, its text or the name of one of its resource servers. */
export function matches(scope: Scope, text: string, search: string): boolean {
  const all = [scope.name, text, ...(scope.resourceServers ?? [])].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

export function settledDraft(draft: Draft, rules: CreationRules): Settled {
  const scopes = rules.scopes ?? BUILT_IN_SCOPES;
  const offered = scopes.map(({ name }) => name);
  const wanted = wantedScopes(draft, scopes);
  const { expiry } = settled(draft, rules);
  return {
    draft: {
      ...draft,
      expiry,
      scopes: offered.filter((name) => wanted.includes(name)),
      organization: settledOrganization(draft, rules),
    },
    notOffered: draft.scopesChosen ? wanted.filter((name) => !offered.includes(name)) : [],
    ...(expiry === draft.expiry || draft.expiry === "default" ? {} : { expiryNotOffered: draft.expiry }),
  };
}

/** The chosen scopes. Nothing is preselected where the realm has scopes of its own, which may grant less. */
function wantedScopes({ scopes, scopesChosen }: Draft, onOffer: readonly Scope[]): string[] {
  if (!scopesChosen) {
    return onOffer.every(({ builtIn }) => builtIn) ? scopes : [];
  }
  // A link may separate scopes with commas; but a comma may also be a part of a name.
  const names = scopes.flatMap((text) => (onOffer.some(({ name }) => name === text) ? [text] : text.split(",")));
  return [...new Set(names.filter(Boolean))];
}

function settledOrganization({ organization = "" }: Draft, rules: CreationRules): string {
  const aliases = (rules.organizations ?? []).map(({ alias }) => alias);
  const [only, ...others] = aliases;
  if (aliases.includes(organization)) {
    return organization;
  }
  return rules.organizationRequired && only !== undefined && others.length === 0 ? only : "";
}
