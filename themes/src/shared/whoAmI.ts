import { loginRealmOf } from "./claims";
import { send } from "./http";
import { Problem } from "./problem";
import type { Session } from "./session";
import { joinUrl } from "./url";

/** The signed-in admin, as the console represents them. */
export interface WhoAmI {
  loginRealm: string;
  locale: string;
  /** The admin roles in the realm that is managed. */
  roles: readonly string[];
}

interface Answer {
  locale?: string;
  realm_access?: Record<string, string[]>;
}

/** Reads the signed-in admin from the console's own resource; without a role in the realm, there are no roles. */
export async function whoAmI(session: Session, adminBaseUrl: string, realm: string): Promise<WhoAmI> {
  const loginRealm = loginRealmOf(await session.accessToken());
  const path = `admin/${encodeURIComponent(loginRealm)}/console/whoami?currentRealm=${encodeURIComponent(realm)}`;
  try {
    const response = await send(session, joinUrl(adminBaseUrl, path));
    const { locale = "en", realm_access = {} } = (await response.json()) as Answer;
    return { loginRealm, locale, roles: realm_access[realm] ?? [] };
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.kind === "refused") {
      return { loginRealm, locale: "en", roles: [] };
    }
    throw thrown;
  }
}
