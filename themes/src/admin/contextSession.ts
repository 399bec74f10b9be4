import { Problem } from "../shared/problem";
import type { Session } from "../shared/session";
import type { ElementContext } from "./context";

/** The console's session, from its context. The console signs in when it loads, so a sign-in reloads it. */
export function contextSession(context: ElementContext): Session {
  return {
    user: "",
    async accessToken() {
      const token = await context.getAccessToken();
      if (!token) {
        throw new Problem("session");
      }
      return token;
    },
    async signIn() {
      location.reload();
    },
  };
}
