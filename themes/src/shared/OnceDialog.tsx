import { type ReactNode, useEffect, useState } from "react";
import { Dialog } from "./Dialog";
import { useMessages } from "./messages";
import { NewToken } from "./NewToken";
import { NewTokenButtons } from "./NewTokenButtons";
import type { CreatedToken } from "./tokens";
import { useLeaveQuestion } from "./useLeaveQuestion";

interface Props {
  title: string;
  created?: CreatedToken;
  /** Whether the request runs: then the dialog stays open. */
  busy: boolean;
  /** The ID of the element that is focused first. */
  firstField: string;
  buttons: ReactNode;
  onClose(): void;
  children: ReactNode;
}

/** One dialog for both steps, so that the focus stays in it: a form, then the resulting token, shown once. */
export function OnceDialog({ title, created, busy, firstField, buttons, onClose, children }: Props) {
  const { t } = useMessages();
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  const unsaved = created !== undefined && !copied;

  useEffect(() => {
    // The focused button was removed with the form.
    document.getElementById(created ? "new-api-token-copy" : firstField)?.focus();
  }, [created, firstField]);

  useEffect(() => {
    if (asking) {
      document.getElementById("new-api-token-back")?.focus();
    }
  }, [asking]);

  useLeaveQuestion(unsaved);

  const leave = () => {
    if (unsaved) {
      setAsking(true);
    } else if (!busy) {
      onClose();
    }
  };

  return (
    <Dialog
      variant="medium"
      title={created ? t(titleOf(created)) : title}
      isOpen
      onClose={leave}
      onEscapePress={() => !isListOpen() && leave()}
      className={created ? "qh-dialog qh-new-token" : "qh-dialog"}
      footer={
        created ? (
          <NewTokenButtons isAsking={asking && unsaved} onStay={() => setAsking(false)} onClose={onClose} />
        ) : (
          buttons
        )
      }
    >
      {created ? <NewToken token={created} onCopied={() => setCopied(true)} /> : children}
    </Dialog>
  );
}

function titleOf({ oldUntil, renewed }: CreatedToken): string {
  if (renewed) {
    return "apiTokensRenewed";
  }
  return oldUntil === undefined ? "apiTokensCreated" : "apiTokensRotated";
}

/** Escape closes an open list of choices in the dialog, which handles the key after the dialog. */
function isListOpen(): boolean {
  const list = ':is(.pf-v5-c-menu-toggle, [role="combobox"])[aria-expanded="true"]';
  return document.querySelector(`.qh-dialog ${list}`) !== null;
}
