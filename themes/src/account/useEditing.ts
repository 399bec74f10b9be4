import { useState } from "react";
import { asProblem, type Problem } from "../shared/problem";
import type { Session } from "../shared/session";
import { focusFirst } from "../shared/useCreation";
import { checkTexts, type FieldErrors, fieldOf } from "../shared/validation";
import { type Edit, keepEdit } from "./edit";
import { editToken } from "./tokensApi";

export interface Editing {
  busy: boolean;
  errors: FieldErrors;
  /** The server's error message about a field. */
  refusal?: { field: string; text: string };
  problem?: Problem;
  save(content: Edit): Promise<void>;
}

/** Validates the form and changes the token. */
export function useEditing(session: Session, onSaved: (name: string) => void, onFailed: () => void): Editing {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<Problem>();
  const field = problem?.kind === "refused" ? fieldOf(problem.description, {}) : undefined;
  const refusal = problem && field && { field, text: problem.description };

  const save = async (content: Edit) => {
    const found = checkTexts(content);
    setErrors(found);
    setProblem(undefined);
    if (busy || Object.keys(found).length > 0) {
      focusFirst(found);
      return;
    }
    setBusy(true);
    // The call may lead to a sign-in, which leaves the page.
    keepEdit(session.user, content);
    const name = content.name.trim();
    try {
      await editToken(session, content.token.id, { name, description: content.description.trim() });
      onSaved(name);
    } catch (thrown) {
      setProblem(asProblem(thrown));
      onFailed();
    } finally {
      setBusy(false);
    }
  };
  return { busy, errors, refusal, problem: refusal ? undefined : problem, save };
}
