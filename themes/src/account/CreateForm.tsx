import { Alert, Form } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import type { Problem } from "../shared/problem";
import { ProblemAlert } from "../shared/ProblemAlert";
import type { Session } from "../shared/session";
import { draft as store, type Draft } from "./draft";
import { ExpiryField } from "./ExpiryField";
import { NameField } from "./NameField";
import { ScopesField } from "./ScopesField";
import type { Refusal } from "./useCreation";
import type { Field, FieldErrors } from "./validation";

interface Props {
  draft: Draft;
  errors: FieldErrors;
  refusal?: Refusal;
  problem?: Problem;
  session: Session;
  onSubmit(): void;
}

/** Name, scopes, expiry; whatever is typed goes to the draft at once. */
export function CreateForm({ draft, errors, refusal, problem, session, onSubmit }: Props) {
  const { t } = useMessages();
  const change = (values: Partial<Draft>) => store.set({ ...draft, ...values });
  const error = (field: Field) => {
    const key = errors[field];
    if (key) {
      return t(key);
    }
    return refusal?.field === field ? <span lang="en">{refusal.text}</span> : undefined;
  };
  return (
    <Form
      id="create-api-token-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {draft.kept && !problem && <Alert isInline variant="info" title={t("apiTokensDraftKept")} />}
      {problem && <ProblemAlert problem={problem} session={session} onRetry={onSubmit} />}
      <NameField value={draft.name} error={error("name")} onChange={(name) => change({ name })} />
      <ScopesField value={draft.scopes} error={error("scopes")} onChange={(scopes) => change({ scopes })} />
      <ExpiryField draft={draft} error={error("expiry")} onChange={change} />
    </Form>
  );
}
