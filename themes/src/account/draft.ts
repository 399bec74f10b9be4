import { store } from "../shared/store";
import { SCOPES, type Scope } from "../shared/tokens";

/** Days, a date of the user's choice, or none. */
export type Expiry = "7" | "30" | "60" | "90" | "date" | "none";

/** What the form holds; never a secret. */
export interface Draft {
  name: string;
  scopes: Scope[];
  expiry: Expiry;
  date: string;
  /** True once the user came back from signing in. */
  kept?: boolean;
}

const KEY = "api-tokens-draft";
const EMPTY: Draft = { name: "", scopes: ["read"], expiry: "30", date: "" };

/** The open form's content; undefined while the form is closed. */
export const draft = store<Draft | undefined>(undefined);

let linkRead = false;

/** Opens the form, empty or as given. */
export function openForm(values: Partial<Draft> = {}): void {
  draft.set({ ...EMPTY, ...values });
}

export function closeForm(): void {
  sessionStorage.removeItem(KEY);
  draft.set(undefined);
}

/** Keeps the draft through a sign-in, which leaves the page. */
export function keepDraft(user: string, content: Draft): void {
  sessionStorage.setItem(KEY, JSON.stringify({ user, content }));
}

/** Opens the form where the user was on the way to a token: back from a sign-in, or by a link such as ?name=ci&scopes=read. */
export function resumeForm(user: string): void {
  if (draft.get()) {
    return;
  }
  const kept = keptDraft(user);
  const linked = linkRead ? undefined : linkedDraft(new URLSearchParams(location.search));
  linkRead = true;
  if (kept) {
    openForm({ ...kept, kept: true });
  } else if (linked) {
    openForm(linked);
  }
}

function keptDraft(user: string): Draft | undefined {
  const text = sessionStorage.getItem(KEY);
  const kept = text ? (JSON.parse(text) as { user: string; content: Draft }) : undefined;
  return kept?.user === user ? kept.content : undefined;
}

function linkedDraft(query: URLSearchParams): Partial<Draft> | undefined {
  const name = query.get("name");
  const scopes = query.get("scopes");
  if (name === null && scopes === null) {
    return undefined;
  }
  const wanted = scopes?.split(/[\s,]+/) ?? [];
  const known = SCOPES.filter((scope) => wanted.includes(scope));
  return { ...(name === null ? {} : { name }), ...(known.length > 0 ? { scopes: known } : {}) };
}
