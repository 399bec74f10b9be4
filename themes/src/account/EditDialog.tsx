import { Alert, Button, Form, Text, TextContent } from "@patternfly/react-core";
import { useEffect } from "react";
import { DescriptionField } from "../shared/DescriptionField";
import { Dialog } from "../shared/Dialog";
import { useMessages } from "../shared/messages";
import { NameField } from "../shared/NameField";
import { NetworksField } from "../shared/NetworksField";
import { ProblemAlert } from "../shared/ProblemAlert";
import type { CreationRules } from "../shared/scopes";
import type { Session } from "../shared/session";
import type { Field } from "../shared/validation";
import { closeEdit, type Edit, edit } from "./edit";
import { useEditing } from "./useEditing";

interface Props {
  session: Session;
  rules: CreationRules;
  content: Edit;
  /** Called with the name of the token. */
  onSaved(name: string): void;
  onFailed(): void;
  onClosed(): void;
}

/** Changes the name, the description and the allowed networks of one of the user's tokens. */
export function EditDialog({ session, rules, content, onSaved, onFailed, onClosed }: Props) {
  const { t } = useMessages();
  const close = () => {
    closeEdit();
    onClosed();
  };
  const editing = useEditing(
    session,
    rules,
    (name) => {
      onSaved(name);
      close();
    },
    onFailed,
  );
  const { busy, errors, refusal, problem } = editing;
  const change = (values: Partial<Edit>) => edit.set({ ...content, ...values });
  const refused = (field: Field) => refusal?.field === field && <span lang="en">{refusal.text}</span>;
  const error = (field: Field) => {
    const key = errors[field];
    return key ? t(key) : refused(field);
  };
  const save = () => void editing.save(content);

  useEffect(() => document.getElementById("api-token-name")?.focus(), []);

  return (
    <Dialog
      className="qh-dialog"
      variant="medium"
      title={t("apiTokensEditTitle")}
      isOpen
      onClose={() => !busy && close()}
      actions={[
        <Button
          key="save"
          id="save-api-token"
          type="submit"
          form="edit-api-token-form"
          variant="primary"
          isDisabled={busy}
          isLoading={busy}
          spinnerAriaValueText={t("apiTokensWorking")}
        >
          {t("apiTokensSave")}
        </Button>,
        <Button key="cancel" variant="link" isDisabled={busy} onClick={close}>
          {t("apiTokensCancel")}
        </Button>,
      ]}
    >
      <Form
        id="edit-api-token-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {content.kept && !problem && <Alert isInline variant="info" title={t("apiTokensEditKept")} />}
        {problem && <ProblemAlert problem={problem} session={session} onRetry={save} />}
        <TextContent>
          <Text component="p">{t("apiTokensEditHelp")}</Text>
        </TextContent>
        <NameField value={content.name} error={error("name")} onChange={(name) => change({ name })} />
        <DescriptionField
          value={content.description}
          error={error("description")}
          onChange={(description) => change({ description })}
        />
        <NetworksField
          rules={rules}
          value={content.allowedNetworks}
          isChecked={!!errors.networks}
          refusal={refused("networks")}
          onChange={(allowedNetworks) => change({ allowedNetworks })}
        />
      </Form>
    </Dialog>
  );
}
