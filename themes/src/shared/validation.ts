import type { Draft, ExpiryChoice } from "./draft";
import { type LifetimeRules, LONGEST_LIFE_DAYS } from "./lifetime";
import { networksIn, networksMistake } from "./networks";
import type { CreationRules } from "./scopes";
import { descriptionError, nameError } from "./tokenName";
import type { TokenRequest } from "./tokens";

export type Field = "client" | "name" | "description" | "scopes" | "organization" | "expiry" | "networks";
/** The message keys of the errors, by field. */
export type FieldErrors = Partial<Record<Field, string>>;

const DAY = 86_400_000;

export function check(draft: Draft, now: Date, rules: CreationRules): FieldErrors {
  const errors: FieldErrors = {};
  if (draft.client !== undefined && !draft.client.trim()) {
    errors.client = "apiTokensClientMissing";
  }
  Object.assign(errors, checkTexts(draft));
  if (draft.scopes.length === 0) {
    errors.scopes = "apiTokensScopesMissing";
  }
  if (rules.organizationRequired && draft.client === undefined && !draft.organization) {
    errors.organization = rules.organizations?.length ? "apiTokensOrganizationMissing" : "apiTokensOrganizationNone";
  }
  const expiry = checkExpiry(draft, now, rules);
  if (expiry) {
    errors.expiry = expiry;
  }
  Object.assign(errors, checkNetworks(draft, rules));
  return errors;
}

/** Checks what an owner can also change later. */
export function checkTexts({ name, description }: Pick<Draft, "name" | "description">): FieldErrors {
  const errors = { name: nameError(name), description: descriptionError(description) };
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error !== undefined));
}

export function checkNetworks(
  { allowedNetworks }: Pick<Draft, "allowedNetworks">,
  rules: Pick<CreationRules, "allowedNetworks">,
): FieldErrors {
  const mistake = networksMistake(allowedNetworks, rules.allowedNetworks);
  return mistake ? { networks: mistake.key } : {};
}

/** The message key of the error of the choice, if any. */
export function checkExpiry(choice: ExpiryChoice, now: Date, { latestExpiry }: LifetimeRules): string | undefined {
  if (choice.expiry !== "date") {
    return undefined;
  }
  const [start, end] = dayOf(choice.date);
  if (!start || !end) {
    return "apiTokensDateMissing";
  }
  if (end <= now) {
    return "apiTokensDatePast";
  }
  if (latestExpiry && start >= new Date(latestExpiry)) {
    return "apiTokensDateBeyondRules";
  }
  return end.getTime() > now.getTime() + LONGEST_LIFE_DAYS * DAY ? "apiTokensDateTooFar" : undefined;
}

/** The expiry of a token created now, limited by the rules; a date means the end of that day in the user's time zone. */
export function expiryOf(choice: ExpiryChoice, now: Date, { latestExpiry }: LifetimeRules): Date | undefined {
  const chosen = chosenExpiry(choice, now);
  // The user's clock may be ahead of the server's.
  return chosen && latestExpiry && chosen > new Date(latestExpiry) ? new Date(latestExpiry) : chosen;
}

function chosenExpiry({ expiry, date }: ExpiryChoice, now: Date): Date | undefined {
  if (expiry === "date") {
    return dayOf(date)[1];
  }
  return expiry === "none" || expiry === "keep" ? undefined : new Date(now.getTime() + Number(expiry) * DAY);
}

/** The first and the last second of a day in the user's time zone. */
function dayOf(date: string): (Date | undefined)[] {
  return [`${date}T00:00:00`, `${date}T23:59:59`]
    .map((text) => new Date(text))
    .map((time) => (Number.isNaN(time.getTime()) ? undefined : time));
}

export function requestOf(draft: Draft, now: Date, rules: LifetimeRules): TokenRequest {
  const allowedNetworks = networksIn(draft.allowedNetworks);
  return {
    client: draft.client?.trim(),
    name: draft.name.trim(),
    ...(draft.description.trim() ? { description: draft.description.trim() } : {}),
    scopes: draft.scopes,
    ...(draft.organization ? { organization: draft.organization } : {}),
    ...(allowedNetworks.length > 0 ? { allowedNetworks } : {}),
    // Always sent: if it is omitted, the realm's default applies.
    expiresAt: expiryOf(draft, now, rules)?.toISOString() ?? null,
  };
}

/** The field that the server's error message is about, if any. */
export function fieldOf(description: string, draft: Pick<Draft, "client">): Field | undefined {
  if (/\bapiTokens\./.test(description)) {
    // About an attribute of the realm.
    return undefined;
  }
  if (draft.client !== undefined && /\bclient\b/i.test(description)) {
    return "client";
  }
  if (/\bdescription\b/i.test(description)) {
    return "description";
  }
  if (/expir/i.test(description)) {
    return "expiry";
  }
  if (/\borganizations?\b/i.test(description)) {
    return "organization";
  }
  if (/\bscopes?\b/i.test(description)) {
    return "scopes";
  }
  if (/networks?\b/i.test(description)) {
    return "networks";
  }
  return /\bname\b/i.test(description) ? "name" : undefined;
}
