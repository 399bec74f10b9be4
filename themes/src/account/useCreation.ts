import { useState } from "react";
import { asProblem, type Problem } from "../shared/problem";
import type { Session } from "../shared/session";
import { closeForm, type Draft, keepDraft } from "./draft";
import { oneTimeToken } from "./oneTimeToken";
import { createToken } from "./tokensApi";
import { check, type Field, fieldOf, type FieldErrors, requestOf } from "./validation";

/** What the server says is wrong with a field, in its own words. */
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

/** Checks the form, creates the token and hands it over to be shown once. */
export function useCreation(session: Session, onCreated: () => void): Creation {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<Problem>();

  const create = async (draft: Draft) => {
    const now = new Date();
    const found = check(draft, now);
    setErrors(found);
    setProblem(undefined);
    if (busy || Object.keys(found).length > 0) {
      focusFirst(found);
      return;
    }
    setBusy(true);
    // The call may end in a sign-in, which leaves the page.
    keepDraft(session.user, draft);
    try {
      oneTimeToken.set(await createToken(session, requestOf(draft, now)));
      closeForm();
      onCreated();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };

  const field = problem?.kind === "refused" ? fieldOf(problem.description) : undefined;
  const refusal = field && problem ? { field, text: problem.description } : undefined;
  return { busy, errors, refusal, problem: refusal ? undefined : problem, create };
}

const INPUTS: Record<Field, string> = {
  name: "api-token-name",
  scopes: "api-token-scope-read",
  expiry: "api-token-date",
};

function focusFirst(errors: FieldErrors): void {
  const [field] = Object.keys(errors) as Field[];
  if (field) {
    document.getElementById(INPUTS[field])?.focus();
  }
}
