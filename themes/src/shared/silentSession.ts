import { claimsOf } from "./claims";
import { consoleUrl, environment, realmUrl } from "./environment";
import { codeChallenge, randomText } from "./pkce";
import { Problem } from "./problem";
import { here, type Session } from "./session";

interface Tokens {
  access_token: string;
  expires_in: number;
}

/** A separate session, from the browser's sign-in: an authorization code flow with prompt=none. */
export async function silentSession(): Promise<Session> {
  let { tokens, until } = await obtain();
  const claims = claimsOf(tokens.access_token);
  return {
    user: claims.sub ?? "",
    locale: claims.locale,
    async accessToken() {
      if (Date.now() > until) {
        ({ tokens, until } = await obtain());
      }
      return tokens.access_token;
    },
    async signIn(maxAge) {
      // The console does not know this state, discards the code, and obtains a new one from the new sign-in.
      const challenge = await codeChallenge(randomText());
      const age: Record<string, string> = maxAge === undefined ? {} : { max_age: String(maxAge) };
      location.assign(authorizeUrl(challenge, { redirect_uri: here(), response_mode: "fragment", ...age }));
    },
  };
}

async function obtain(): Promise<{ tokens: Tokens; until: number }> {
  const verifier = randomText();
  const challenge = await codeChallenge(verifier);
  const redirect = { redirect_uri: consoleUrl, response_mode: "query" };
  const landed = await reach(authorizeUrl(challenge, { ...redirect, prompt: "none" }));
  const code = new URL(landed.url).searchParams.get("code");
  if (!code) {
    throw new Problem("session");
  }
  const answer = await reach(realmUrl("protocol/openid-connect/token"), {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: environment.clientId,
      redirect_uri: consoleUrl,
      code_verifier: verifier,
      code,
    }),
  });
  if (!answer.ok) {
    throw new Problem("session");
  }
  const tokens = (await answer.json()) as Tokens;
  return { tokens, until: Date.now() + (tokens.expires_in - 30) * 1000 };
}

function authorizeUrl(challenge: string, more: Record<string, string>): string {
  const query = new URLSearchParams({
    client_id: environment.clientId,
    response_type: "code",
    scope: "openid",
    state: randomText(),
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  });
  return `${realmUrl("protocol/openid-connect/auth")}?${query}`;
}

function reach(url: string, init?: RequestInit): Promise<Response> {
  return fetch(url, { credentials: "include", ...init }).catch(() => Promise.reject(new Problem("network")));
}
