import { store } from "../shared/store";
import type { Policy } from "./policy";

/** The unsaved values by realm; not in a component, because the form is removed when another tab is opened. */
export const policyEdits = store<Record<string, Policy>>({});

export function editPolicy(realm: string, edits: Policy): void {
  policyEdits.set({ ...policyEdits.get(), [realm]: edits });
}
