import { useState } from "react";
import type { Draft } from "./draft";
import { oneTimeToken } from "./oneTimeToken";
import { asProblem, type Problem } from "./problem";
import type { CreationRules } from "./scopes";
import type { CreatedToken, TokenRequest } from "./tokens";
import { check, type Field, type FieldErrors, fieldOf, requestOf } from "./validation";

/** The server's error message about a field. */
export interface Refusal {
  field: Field;
  text: string;
}

export interface Creation {
  busy: boolean;
  errors: FieldErrors;
  refusal?: Refusal;
  problem?: Problem;
  create(draft: Draft): Promise<void>;
}

/** Validates the form, creates the token and passes it on to be shown once. */
export function useCreation(
  rules: CreationRules,
  send: (request: TokenRequest, key: string) => Promise<CreatedToken>,
  onCreated: () => void,
): Creation {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<Problem>();
  const [refusal, setRefusal] = useState<Refusal>();

  const fail = (draft: Draft, found: Problem) => {
    const field = found.kind === "refused" ? fieldOf(found.description, draft) : undefined;
    setRefusal(field && { field, text: found.description });
    setProblem(field ? undefined : found);
    focusOn(field);
  };

  const create = async (draft: Draft) => {
    const now = new Date();
    const found = check(draft, now, rules);
    setErrors(found);
    setProblem(undefined);
    setRefusal(undefined);
    if (busy || Object.keys(found).length > 0) {
      focusFirst(found);
      return;
    }
    setBusy(true);
    try {
      oneTimeToken.set(await send(requestOf(draft, now, rules), draft.key));
      onCreated();
    } catch (thrown) {
      fail(draft, asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };

  return { busy, errors, refusal, problem, create };
}

const INPUTS: Record<Field, string> = {
  client: "api-token-client",
  name: "api-token-name",
  description: "api-token-description",
  scopes: "api-token-scopes",
  organization: "api-token-organization",
  expiry: "api-token-date",
  networks: "api-token-networks",
};

export function focusFirst(errors: FieldErrors): void {
  const [field] = Object.keys(errors) as Field[];
  focusOn(field);
}

/** Focuses a field and scrolls to it with its message, which is below it. */
export function focusOn(field?: Field): void {
  const found = field ? document.getElementById(INPUTS[field]) : null;
  // A group is not focusable itself.
  (found?.querySelector<HTMLElement>("input[type=checkbox]") ?? found)?.focus();
  found?.closest(".pf-v5-c-form__group")?.scrollIntoView({ block: "nearest" });
}
