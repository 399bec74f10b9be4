import { store } from "../shared/store";
import type { ApiToken } from "../shared/tokens";
import { keptForm } from "./keptForm";
import type { TokenTexts } from "./tokensApi";

/** The content of the form that edits a token; never contains a secret. */
export interface Edit extends TokenTexts {
  token: ApiToken;
  /** True after the user has returned from signing in. */
  kept?: boolean;
}

const kept = keptForm<Edit>("api-tokens-edit");

/** The open form's content; undefined while the form is closed. */
export const edit = store<Edit | undefined>(undefined);

export function openEdit(token: ApiToken): void {
  edit.set({ token, name: token.name, description: token.description ?? "" });
}

export function closeEdit(): void {
  kept.drop();
  edit.set(undefined);
}

/** Keeps the form during a sign-in, which leaves the page. */
export function keepEdit(user: string, content: Edit): void {
  kept.keep(user, content);
}

/** Reopens the form for a user who returns from signing in. */
export function resumeEdit(user: string): void {
  const before = kept.of(user);
  if (before && !edit.get()) {
    edit.set({ ...before, kept: true });
  }
}

/** Reopens nothing, because no token can be edited now. */
export function forgetEdit(): void {
  if (!edit.get()) {
    kept.drop();
  }
}
