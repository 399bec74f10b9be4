import { Modal } from "@patternfly/react-core";
import { type ReactNode, useEffect, useState } from "react";
import { useMessages } from "./messages";
import { NewToken, NewTokenButtons } from "./NewToken";
import type { CreatedToken } from "./tokens";

interface Props {
  title: string;
  created?: CreatedToken;
  /** The ID of the element that is focused first. */
  firstField: string;
  buttons: ReactNode;
  onClose(): void;
  children: ReactNode;
}

/** One dialog for both steps, so that the focus stays in it: a form, then the resulting token, shown once. */
export function OnceDialog({ title, created, firstField, buttons, onClose, children }: Props) {
  const { t } = useMessages();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    // The focused button was removed with the form.
    document.getElementById(created ? "new-api-token-copy" : firstField)?.focus();
  }, [created, firstField]);
  return (
    <Modal
      variant="medium"
      title={created ? t(created.oldUntil === undefined ? "apiTokensCreated" : "apiTokensRotated") : title}
      isOpen
      onClose={onClose}
      // Accidental input must not close the dialog.
      onEscapePress={() => (!created || copied) && onClose()}
      className={created ? "qh-dialog qh-new-token" : "qh-dialog"}
      footer={created ? <NewTokenButtons onClose={onClose} /> : buttons}
    >
      {created ? <NewToken token={created} onCopied={() => setCopied(true)} /> : children}
    </Modal>
  );
}
