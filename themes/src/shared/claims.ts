/** The claims of an access token that we read. */
export interface Claims {
  sub?: string;
  iss?: string;
  locale?: string;
}

export function claimsOf(accessToken: string): Claims {
  const payload = accessToken.split(".")[1] ?? "";
  return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Claims;
}

/** The realm that signed the user in: the last part of the issuer. */
export function loginRealmOf(accessToken: string): string {
  const issuer = claimsOf(accessToken).iss ?? "";
  return decodeURIComponent(issuer.slice(issuer.lastIndexOf("/") + 1));
}
