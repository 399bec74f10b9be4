import type { ExpiryChoice } from "../shared/draft";
import { type LifetimeRules, mayKeep, settled } from "../shared/lifetime";
import { randomText } from "../shared/pkce";
import { BUILT_IN_SCOPES, type CreationRules } from "../shared/scopes";
import { store } from "../shared/store";
import type { ApiToken } from "../shared/tokens";
import { expiryOf } from "../shared/validation";
import { keptForm } from "./keptForm";
import type { RotationRequest } from "./tokensApi";

/** The offered overlaps of the old secret, in hours. */
export const OVERLAP_HOURS = ["0", "1", "8", "24"] as const;
export type OverlapHours = (typeof OVERLAP_HOURS)[number];

/** The content of the form for a new secret; never contains a secret. */
export interface Rotation extends ExpiryChoice {
  token: ApiToken;
  /** Identifies the request: repeated with the same key, it does not rotate the token again. */
  key: string;
  overlap: OverlapHours;
  /** True after the user has returned from signing in. */
  kept?: boolean;
}

const kept = keptForm<Rotation>("api-tokens-rotation");

/** The open form's content; undefined while the form is closed. */
export const rotation = store<Rotation | undefined>(undefined);

export function openRotation(token: ApiToken): void {
  rotation.set({ token, key: randomText(), overlap: "0", expiry: isRenewal(token) ? "default" : "keep", date: "" });
}

/** Whether a rotation renews the token: it then gets a new expiry, and its old secret does not work again. */
export function isRenewal({ status }: ApiToken): boolean {
  return status === "expired";
}

export function closeRotation(): void {
  kept.drop();
  rotation.set(undefined);
}

/** Keeps the form during a sign-in, which leaves the page. */
export function keepRotation(user: string, content: Rotation): void {
  kept.keep(user, content);
}

/** Reopens the form for a user who returns from signing in. */
export function resumeRotation(user: string): void {
  const before = kept.of(user);
  if (before && !rotation.get()) {
    rotation.set({ ...before, kept: true });
  }
}

/** Reopens nothing, because no token can be rotated now. */
export function forgetRotation(): void {
  if (!rotation.get()) {
    kept.drop();
  }
}

/** Whether the token may keep its expiry. */
export function mayKeepExpiry(token: ApiToken, rules: LifetimeRules): boolean {
  return !isRenewal(token) && mayKeep(token.expiresAt, rules);
}

/** The rotation under these rules: an expiry that may not be kept is replaced with the default. */
export function settledRotation(chosen: Rotation, rules: LifetimeRules): Rotation {
  const impossible = chosen.expiry === "keep" && !mayKeepExpiry(chosen.token, rules);
  return settled(impossible ? { ...chosen, expiry: "default" } : chosen, rules);
}

/** Why the server refuses a rotation: a token with a new secret must not allow more than a new token could. */
export interface Obstacles {
  /** The token's scopes that cannot be chosen now. */
  scopes: string[];
  /** Whether its organization cannot be chosen now, or is missing although the realm requires one. */
  organization?: "unavailable" | "missing";
}

/** Returns undefined if the token can be rotated. */
export function obstaclesTo({ scopes, organization }: ApiToken, rules: CreationRules): Obstacles | undefined {
  const offered = (rules.scopes ?? BUILT_IN_SCOPES).map(({ name }) => name);
  const aliases = (rules.organizations ?? []).map(({ alias }) => alias);
  const found: Obstacles = { scopes: scopes.filter((name) => !offered.includes(name)) };
  if (organization && !aliases.includes(organization)) {
    found.organization = "unavailable";
  } else if (!organization && rules.organizationRequired) {
    found.organization = "missing";
  }
  return found.scopes.length > 0 || found.organization ? found : undefined;
}

export function overlapEnd({ overlap }: Rotation, now: Date): Date | null {
  return overlap === "0" ? null : new Date(now.getTime() + Number(overlap) * 3_600_000);
}

export function requestOf(chosen: Rotation, now: Date, rules: LifetimeRules): RotationRequest {
  const overlapSeconds = Number(chosen.overlap) * 3_600;
  return chosen.expiry === "keep"
    ? { overlapSeconds }
    : { overlapSeconds, expiresAt: expiryOf(chosen, now, rules)?.toISOString() ?? null };
}
