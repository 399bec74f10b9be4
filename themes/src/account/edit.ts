import { networksIn } from "../shared/networks";
import { store } from "../shared/store";
import type { ApiToken } from "../shared/tokens";
import { keptForm } from "./keptForm";
import type { TokenChanges } from "./tokensApi";

/** The content of the form that edits a token; never contains a secret. */
export interface Edit {
  token: ApiToken;
  name: string;
  description: string;
  /** As typed; blank for all networks. */
  allowedNetworks: string;
  /** True after the user has returned from signing in. */
  kept?: boolean;
}

const kept = keptForm<Edit>("api-tokens-edit");

/** The open form's content; undefined while the form is closed. */
export const edit = store<Edit | undefined>(undefined);

export function openEdit(token: ApiToken): void {
  const { name, description } = token;
  edit.set({ token, name, description: description ?? "", allowedNetworks: lines(token.allowedNetworks) });
}

/** Whether the form has other networks than the token. */
export function changesNetworks({ token, allowedNetworks }: Edit): boolean {
  return lines(networksIn(allowedNetworks)) !== lines(token.allowedNetworks);
}

/** The request of the form: without the networks if they do not change, because the realm may no longer allow them. */
export function changesOf(content: Edit): TokenChanges {
  const networks = networksIn(content.allowedNetworks);
  return {
    name: content.name.trim(),
    description: content.description.trim(),
    ...(changesNetworks(content) ? { allowedNetworks: networks.length > 0 ? networks : null } : {}),
  };
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

function lines(networks: readonly string[] = []): string {
  return networks.join("\n");
}
