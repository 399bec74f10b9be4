import type { Scope } from "./tokens";

/** Days, a date of the user's choice, or none. */
export type Expiry = "7" | "30" | "60" | "90" | "date" | "none";

/** What the form for a new token holds; never a secret. */
export interface Draft {
  /** The client id of whose service account the token will be; undefined where it is the user's own. */
  client?: string;
  name: string;
  scopes: Scope[];
  expiry: Expiry;
  date: string;
  /** True once the user came back from signing in. */
  kept?: boolean;
}

export const EMPTY_DRAFT: Draft = { name: "", scopes: ["read"], expiry: "30", date: "" };
