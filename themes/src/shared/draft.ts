import type { Scope } from "./tokens";

/** Days, a date of the user's choice, none, the one that the token has, or the realm's default. */
export type Expiry = `${number}` | "date" | "none" | "keep" | "default";

export interface ExpiryChoice {
  expiry: Expiry;
  /** Counts where the expiry is "date". */
  date: string;
}

/** What the form for a new token holds; never a secret. */
export interface Draft extends ExpiryChoice {
  /** The client id of whose service account the token will be; undefined where it is the user's own. */
  client?: string;
  name: string;
  scopes: Scope[];
  /** True once the user came back from signing in. */
  kept?: boolean;
}

export const EMPTY_DRAFT: Draft = { name: "", scopes: ["read"], expiry: "default", date: "" };
