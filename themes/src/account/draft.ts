import { type Draft, EMPTY_DRAFT, type Expiry } from "../shared/draft";
import { randomText } from "../shared/pkce";
import { withoutSecret } from "../shared/secrets";
import { store } from "../shared/store";
import { showOwnAddress } from "./address";
import { keptForm } from "./keptForm";
import { parametersOf, queryOf } from "./listAddress";

const kept = keptForm<Draft>("api-tokens-draft");

/** The open form's content; undefined while the form is closed. */
export const draft = store<Draft | undefined>(undefined);

let linkRead = false;

/** Opens the form, empty or with the given content. */
export function openForm(values: Partial<Draft> = {}): void {
  draft.set({ ...EMPTY_DRAFT, key: randomText(), ...values });
}

/** Makes the next attempt a new request, because the token of the earlier ones has been dealt with. */
export function renewKey(): void {
  const open = draft.get();
  if (open) {
    draft.set({ ...open, key: randomText() });
  }
}

export function closeForm(): void {
  kept.drop();
  draft.set(undefined);
}

/** Keeps the draft during a sign-in, which leaves the page. */
export function keepDraft(user: string, content: Draft): void {
  kept.keep(user, content);
}

/** A number of days, or none. */
const LINKED_EXPIRY = /^(0|[1-9]\d{0,5}|none)$/;

/** Opens the form if the user returns from a sign-in or follows a link such as ?name=ci&scopes=read. */
export function resumeForm(user: string): void {
  if (draft.get()) {
    return;
  }
  const before = kept.of(user);
  const linked = linkRead ? undefined : linkedDraft(new URLSearchParams(location.search));
  linkRead = true;
  if (withoutSecret(location.search) !== location.search) {
    dropLink();
  }
  if (before) {
    openForm({ ...before, kept: true });
  } else if (linked) {
    openForm(linked);
  }
}

/** Opens nothing from a link or after a sign-in, because no token can be created now. */
export function forgetForm(): void {
  linkRead = true;
  if (!draft.get()) {
    kept.drop();
    dropLink();
  }
}

/** Removes the parameters for the form from the URL. */
function dropLink(): void {
  showOwnAddress(parametersOf(queryOf(new URLSearchParams(location.search))));
}

function linkedDraft(query: URLSearchParams): Partial<Draft> | undefined {
  const name = read(query, "name");
  const description = read(query, "description");
  const scopes = read(query, "scopes");
  const expiry = read(query, "expires_in_days");
  if ([name, description, scopes, expiry].every((value) => value === null)) {
    return undefined;
  }
  // Which of them are on offer is known when the policy is loaded.
  const wanted = scopes?.split(/\s+/).filter(Boolean) ?? [];
  return {
    ...(name === null ? {} : { name }),
    ...(description === null ? {} : { description }),
    ...(wanted.length > 0 ? { scopes: wanted, scopesChosen: true } : {}),
    ...(expiry !== null && LINKED_EXPIRY.test(expiry) ? { expiry: expiry as Expiry } : {}),
  };
}

function read(query: URLSearchParams, name: string): string | null {
  const text = query.get(name);
  return text === null ? null : withoutSecret(text);
}
