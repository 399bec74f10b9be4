import { Alert, Form } from "@patternfly/react-core";
import type { ReactNode } from "react";
import type { Draft } from "./draft";
import { ExpiryField } from "./ExpiryField";
import type { LifetimeRules } from "./lifetime";
import { useMessages } from "./messages";
import { NameField } from "./NameField";
import { ProblemAlert } from "./ProblemAlert";
import { ScopesField } from "./ScopesField";
import type { Session } from "./session";
import type { Creation } from "./useCreation";
import type { Field } from "./validation";

export interface FormProps {
  session: Session;
  draft: Draft;
  rules: LifetimeRules;
  creation: Creation;
  onChange(values: Partial<Draft>): void;
  /** Renders a field before the others; called with the problem of that field. */
  firstField?(error: (field: Field) => ReactNode): ReactNode;
}

/** Name, scopes, expiry. */
export function CreateForm({ session, draft, rules, creation, onChange, firstField }: FormProps) {
  const { t } = useMessages();
  const { errors, refusal, problem } = creation;
  const refused = (field: Field) => (refusal?.field === field ? <span lang="en">{refusal.text}</span> : undefined);
  const error = (field: Field) => {
    const key = errors[field];
    return key ? t(key) : refused(field);
  };
  const submit = () => void creation.create(draft);
  return (
    <Form
      id="create-api-token-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {draft.kept && !problem && <Alert isInline variant="info" title={t("apiTokensDraftKept")} />}
      {problem && <ProblemAlert problem={problem} session={session} onRetry={submit} />}
      {firstField?.(error)}
      <NameField value={draft.name} error={error("name")} onChange={(name) => onChange({ name })} />
      <ScopesField value={draft.scopes} error={error("scopes")} onChange={(scopes) => onChange({ scopes })} />
      <ExpiryField
        choice={draft}
        rules={rules}
        mistake={errors.expiry}
        refusal={refused("expiry")}
        onChange={onChange}
      />
    </Form>
  );
}
