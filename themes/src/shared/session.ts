/** The console's session, as pages use it. */
export interface Session {
  /** The user's id. */
  readonly user: string;
  /** The user's current language, if the session knows it; may differ from the language of the loaded page. */
  readonly locale?: string;
  /** Returns a valid access token, refreshed if necessary; throws a Problem if there is none. */
  accessToken(): Promise<string>;
  /** Redirects to the sign-in page and back; with maxAge, only if the sign-in is older than this number of seconds. */
  signIn(maxAge?: number): Promise<void>;
}

/** The URL to which the sign-in page redirects the user. */
export function here(): string {
  return location.href.split("#")[0] ?? location.href;
}
