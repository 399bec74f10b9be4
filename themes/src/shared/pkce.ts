/** 32 random bytes as URL-safe text. */
export function randomText(): string {
  return urlSafe(crypto.getRandomValues(new Uint8Array(32)));
}

/** The S256 code challenge of RFC 7636. */
export async function codeChallenge(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return urlSafe(new Uint8Array(digest));
}

function urlSafe(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
