import { Alert, Form } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { DescriptionField } from "./DescriptionField";
import type { Draft, Expiry } from "./draft";
import { ExpiryField } from "./ExpiryField";
import { useMessages } from "./messages";
import { NameField } from "./NameField";
import { NetworksField } from "./NetworksField";
import { OrganizationField } from "./OrganizationField";
import { ProblemAlert } from "./ProblemAlert";
import type { Problem } from "./problem";
import { ScopesField } from "./ScopesField";
import { BUILT_IN_SCOPES, type CreationRules } from "./scopes";
import type { Session } from "./session";
import { UnseenToken } from "./UnseenToken";
import type { Creation } from "./useCreation";
import type { Unseen } from "./useUnseen";
import type { Field } from "./validation";

export interface FormProps {
  session: Session;
  draft: Draft;
  /** The scopes that were chosen, but are not on offer. */
  notOffered: string[];
  /** The expiry that was chosen, but is not on offer. */
  expiryNotOffered?: Expiry;
  rules: CreationRules;
  creation: Creation;
  unseen: Unseen;
  onChange(values: Partial<Draft>): void;
  /** Renders a field before the others; called with the problem of that field. */
  firstField?(error: (field: Field) => ReactNode): ReactNode;
}

/** Name, description, scopes, organization, expiry, allowed networks. */
export function CreateForm(props: FormProps) {
  const { session, draft, notOffered, expiryNotOffered, rules, creation, unseen, onChange, firstField } = props;
  const { t } = useMessages();
  const { errors, refusal } = creation;
  const problem = isTold(creation.problem, unseen) ? undefined : creation.problem;
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
      {problem && <ProblemAlert problem={problem} session={session} onRetry={mayRetry(unseen) ? submit : undefined} />}
      <UnseenToken unseen={unseen} session={session} />
      {firstField?.(error)}
      <NameField value={draft.name} error={error("name")} onChange={(name) => onChange({ name })} />
      <DescriptionField
        value={draft.description}
        error={error("description")}
        onChange={(description) => onChange({ description })}
      />
      <ScopesField
        offered={rules.scopes ?? BUILT_IN_SCOPES}
        notOffered={notOffered}
        value={draft.scopes}
        error={error("scopes")}
        onChange={(scopes) => onChange({ scopes: [...scopes, ...notOffered], scopesChosen: true })}
      />
      <OrganizationField
        rules={rules}
        value={draft.organization ?? ""}
        error={error("organization")}
        onChange={(organization) => onChange({ organization })}
      />
      <ExpiryField
        choice={draft}
        rules={rules}
        notOffered={expiryNotOffered}
        mistake={errors.expiry}
        refusal={refused("expiry")}
        onChange={onChange}
      />
      <NetworksField
        rules={rules}
        value={draft.allowedNetworks}
        isChecked={!!errors.networks}
        refusal={refused("networks")}
        onChange={(allowedNetworks) => onChange({ allowedNetworks })}
      />
    </Form>
  );
}

/** A token that was created but not shown must be revoked first. */
function mayRetry({ state }: Unseen): boolean {
  return state.kind === "none" || state.kind === "lost" || state.kind === "revoked";
}

/** Whether the token itself is shown instead of the server's message that it exists. */
function isTold(problem: Problem | undefined, { state }: Unseen): boolean {
  return !!problem?.isRepeated && state.kind !== "none";
}
