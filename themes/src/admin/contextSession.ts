import { Problem } from "../shared/problem";
import type { Session } from "../shared/session";
import type { ElementContext } from "./context";

/** The console's session by its context. The console signs in on loading, so signing in is loading it again. */
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
