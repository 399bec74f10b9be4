import { useState } from "react";
import { asProblem, type Problem } from "../shared/problem";
import type { CreationRules } from "../shared/scopes";
import type { Session } from "../shared/session";
import { focusFirst, focusOn } from "../shared/useCreation";
import { checkNetworks, checkTexts, type Field, type FieldErrors, fieldOf } from "../shared/validation";
import { changesNetworks, changesOf, type Edit, keepEdit } from "./edit";
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
export function useEditing(
  session: Session,
  rules: CreationRules,
  onSaved: (name: string) => void,
  onFailed: () => void,
): Editing {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<Problem>();
  const field = refusedField(problem);
  const refusal = problem && field && { field, text: problem.description };

  const save = async (content: Edit) => {
    const found = { ...checkTexts(content), ...(changesNetworks(content) ? checkNetworks(content, rules) : {}) };
    setErrors(found);
    setProblem(undefined);
    if (busy || Object.keys(found).length > 0) {
      focusFirst(found);
      return;
    }
    setBusy(true);
    // The call may lead to a sign-in, which leaves the page.
    keepEdit(session.user, content);
    const changes = changesOf(content);
    try {
      await editToken(session, content.token.id, changes);
      onSaved(changes.name);
    } catch (thrown) {
      const refused = asProblem(thrown);
      setProblem(refused);
      focusOn(refusedField(refused));
      onFailed();
    } finally {
      setBusy(false);
    }
  };
  return { busy, errors, refusal, problem: refusal ? undefined : problem, save };
}

function refusedField(problem?: Problem): Field | undefined {
  return problem?.kind === "refused" ? fieldOf(problem.description, {}) : undefined;
}
