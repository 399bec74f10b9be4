import { send } from "./http";
import { Problem } from "./problem";
import type { Session } from "./session";
import { joinUrl } from "./url";

/** What an admin may do with a realm's tokens. For each token, the server returns its own permissions. */
export interface AdminRights {
  view: boolean;
  revoke: boolean;
  create: boolean;
  viewScopes: boolean;
  viewPolicy: boolean;
  changePolicy: boolean;
}

export function realmApi(adminBaseUrl: string, realm: string): string {
  return joinUrl(adminBaseUrl, `admin/realms/${encodeURIComponent(realm)}`);
}

/** Derives the rights from the roles; for an admin with fine-grained permissions, queries the server instead. */
export async function adminRights(session: Session, api: string, roles: readonly string[]): Promise<AdminRights> {
  const has = (...some: string[]) => some.some((role) => roles.includes(role));
  const byRole = has("view-users", "manage-users");
  const fineGrained = !byRole && has("query-users") && (await mayList(session, api));
  return {
    view: byRole || fineGrained,
    revoke: has("manage-users") || fineGrained,
    create: has("manage-clients"),
    // Without them, the server says neither which roles a client scope requires nor at which resource servers it is good.
    viewScopes: has("view-clients", "manage-clients", "query-clients"),
    viewPolicy: has("view-realm", "manage-realm"),
    changePolicy: has("manage-realm"),
  };
}

async function mayList(session: Session, api: string): Promise<boolean> {
  try {
    await send(session, `${api}/api-tokens?max=0`);
    return true;
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.kind === "refused") {
      return false;
    }
    throw thrown;
  }
}
