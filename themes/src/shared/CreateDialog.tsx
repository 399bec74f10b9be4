import { Modal } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { CreateButtons } from "./CreateButtons";
import { CreateForm, type FormProps } from "./CreateForm";
import type { Draft } from "./draft";
import { useMessages } from "./messages";
import { NewToken, NewTokenButtons } from "./NewToken";
import type { CreatedToken } from "./tokens";

interface Props extends Omit<FormProps, "draft"> {
  title: string;
  draft?: Draft;
  created?: CreatedToken;
  onClose(): void;
}

/** One dialog for both halves, so that the focus stays in it: the form, then the token, shown once. */
export function CreateDialog({ title, draft, created, onClose, ...form }: Props) {
  const { t } = useMessages();
  const [copied, setCopied] = useState(false);
  const first = draft?.client === undefined ? "api-token-name" : "api-token-client";
  useEffect(() => {
    // The focused button went with the form.
    document.getElementById(created ? "new-api-token-copy" : first)?.focus();
  }, [created, first]);
  return (
    <Modal
      variant="medium"
      title={created ? t("apiTokensCreated") : title}
      isOpen
      onClose={onClose}
      // A slip of the finger must not lose the token.
      onEscapePress={() => (!created || copied) && onClose()}
      className={created ? "qh-new-token" : "qh-create"}
      footer={
        created ? <NewTokenButtons onClose={onClose} /> : <CreateButtons busy={form.creation.busy} onCancel={onClose} />
      }
    >
      {created && <NewToken token={created} onCopied={() => setCopied(true)} />}
      {!created && draft && <CreateForm draft={draft} {...form} />}
    </Modal>
  );
}
