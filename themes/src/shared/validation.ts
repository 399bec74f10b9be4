import type { Draft } from "./draft";
import type { TokenRequest } from "./tokens";

export type Field = "client" | "name" | "scopes" | "expiry";
/** The message keys of what is wrong, by field. */
export type FieldErrors = Partial<Record<Field, string>>;

const LONGEST_NAME = 100;
const LONGEST_LIFE_DAYS = 36_525;
const DAY = 86_400_000;

export function check(draft: Draft, now: Date): FieldErrors {
  const errors: FieldErrors = {};
  if (draft.client !== undefined && !draft.client.trim()) {
    errors.client = "apiTokensClientMissing";
  }
  const name = draft.name.trim();
  if (!name) {
    errors.name = "apiTokensNameMissing";
  } else if ([...name].length > LONGEST_NAME) {
    errors.name = "apiTokensNameTooLong";
  } else if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) {
    errors.name = "apiTokensNameControl";
  }
  if (draft.scopes.length === 0) {
    errors.scopes = "apiTokensScopesMissing";
  }
  const expiry = expiryOf(draft, now);
  if (draft.expiry === "date" && !expiry) {
    errors.expiry = "apiTokensDateMissing";
  } else if (expiry && expiry <= now) {
    errors.expiry = "apiTokensDatePast";
  } else if (expiry && expiry.getTime() > now.getTime() + LONGEST_LIFE_DAYS * DAY) {
    errors.expiry = "apiTokensDateTooFar";
  }
  return errors;
}

/** When a token made now would expire; a date means its end where the user is. */
export function expiryOf(draft: Draft, now: Date): Date | undefined {
  if (draft.expiry === "none") {
    return undefined;
  }
  if (draft.expiry !== "date") {
    return new Date(now.getTime() + Number(draft.expiry) * DAY);
  }
  const end = new Date(`${draft.date}T23:59:59`);
  return Number.isNaN(end.getTime()) ? undefined : end;
}

export function requestOf(draft: Draft, now: Date): TokenRequest {
  return {
    client: draft.client?.trim(),
    name: draft.name.trim(),
    scopes: draft.scopes,
    expiresAt: expiryOf(draft, now)?.toISOString(),
  };
}

/** Which field a refusal of the server speaks of, if it names one. */
export function fieldOf(description: string, draft: Draft): Field | undefined {
  if (draft.client !== undefined && /\bclient\b/i.test(description)) {
    return "client";
  }
  if (/expir/i.test(description)) {
    return "expiry";
  }
  if (/\bscopes?\b/i.test(description)) {
    return "scopes";
  }
  return /\bname\b/i.test(description) ? "name" : undefined;
}
