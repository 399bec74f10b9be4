/** A number of days, a chosen date, no expiry, the token's current expiry, or the realm's default. */
export type Expiry = `${number}` | "date" | "none" | "keep" | "default";

export interface ExpiryChoice {
  expiry: Expiry;
  /** Used if the expiry is "date". */
  date: string;
}

/** The content of the form for a new token; never contains a secret. */
export interface Draft extends ExpiryChoice {
  /** Identifies the request: repeated with the same key, it creates no second token. */
  key: string;
  /** The client ID of the service account that will own the token; undefined for the user's own token. */
  client?: string;
  name: string;
  description: string;
  scopes: string[];
  /** Whether the user or a link chose the scopes. */
  scopesChosen?: boolean;
  /** The alias of the organization; blank or undefined for none. */
  organization?: string;
  /** The networks from which the token can be used, as typed; blank for all. */
  allowedNetworks: string;
  /** True after the user has returned from signing in. */
  kept?: boolean;
}

/** Needs a key before it is sent. */
export const EMPTY_DRAFT: Draft = {
  key: "",
  name: "",
  description: "",
  scopes: ["read"],
  expiry: "default",
  date: "",
  allowedNetworks: "",
};
