import { BUILT_IN_SCOPES, isScopeName, matches } from "../shared/scopes";
import type { AdminScope } from "./adminApi";

/** Which scopes the table lists: those that tokens have or may be given, or also all other client scopes. */
export type Listed = "tokens" | "all";

/** The methods that a scope can open at gateways. */
export const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/** The names that tokens may have, for the filter of the list. */
export function tokenScopes(scopes: readonly AdminScope[]): string[] {
  const found = scopes.length > 0 ? scopes.filter(isForTokens) : BUILT_IN_SCOPES;
  return [...new Set(found.map(({ name }) => name))];
}

export function isForTokens({ builtIn, id, grantable, tokens }: AdminScope): boolean {
  return builtIn || id === null || grantable || !!tokens;
}

/** The scopes for the table. */
export function listed(scopes: readonly AdminScope[], which: Listed, search: string): AdminScope[] {
  return scopes.filter(
    (scope) => (which === "all" || isForTokens(scope)) && matches(scope, scope.text ?? "", search.trim()),
  );
}

/** Whether the switch can be used: a name that OAuth does not allow cannot be a scope. */
export function canSwitch({ access, name, grantable }: AdminScope): boolean {
  return access.manage && (grantable || isScopeName(name));
}

/** Whether the client scope has the name of a built-in scope, which it replaces while it is grantable. */
export function replacesBuiltIn({ id, name }: AdminScope): boolean {
  return id !== null && BUILT_IN_SCOPES.some((builtIn) => builtIn.name === name);
}

/** The number of tokens that can be used for something else after switching the scope; null if it is unknown. */
export function tokensToChange(scope: AdminScope, scopes: readonly AdminScope[]): number | null {
  const now = scope.grantable ? scope : scopes.find(({ builtIn, name }) => builtIn && name === scope.name);
  return now ? now.tokens : 0;
}

export function roleName({ name, client }: { name: string; client: string | null }): string {
  return client === null ? name : `${client}: ${name}`;
}
