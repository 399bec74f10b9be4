/** The console's session, as a page needs it. */
export interface Session {
  /** The user's id. */
  readonly user: string;
  /** The user's language, if the session knows it; newer than the one the console's page was loaded with. */
  readonly locale?: string;
  /** A valid access token, renewed if need be; throws a Problem where there is none to be had. */
  accessToken(): Promise<string>;
  /** Leaves for the sign-in page and comes back here; with maxAge, unless the user signed in within so many seconds. */
  signIn(maxAge?: number): Promise<void>;
}

/** Where the sign-in page sends the user back to. */
export function here(): string {
  return location.href.split("#")[0] ?? location.href;
}
