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

/** Whether switching the scope off may take it from tokens. */
export function mayBeHeld({ grantable, tokens }: AdminScope): boolean {
  return grantable && tokens !== 0;
}

export function roleName({ name, client }: { name: string; client: string | null }): string {
  return client === null ? name : `${client}: ${name}`;
}
