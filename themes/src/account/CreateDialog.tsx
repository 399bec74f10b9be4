import { Modal } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { useMessages } from "../shared/messages";
import type { Session } from "../shared/session";
import type { CreatedToken } from "../shared/tokens";
import { CreateButtons } from "./CreateButtons";
import { CreateForm } from "./CreateForm";
import { closeForm, type Draft } from "./draft";
import { NewToken, NewTokenButtons } from "./NewToken";
import { oneTimeToken } from "./oneTimeToken";
import { useCreation } from "./useCreation";

interface Props {
  session: Session;
  form?: Draft;
  created?: CreatedToken;
  onCreated(): void;
  onClosed(): void;
}

/** One dialog for both halves, so that the focus stays in it: the form, then the token, shown once. */
export function CreateDialog({ session, form, created, onCreated, onClosed }: Props) {
  const { t } = useMessages();
  const creation = useCreation(session, onCreated);
  const [copied, setCopied] = useState(false);
  const close = () => {
    closeForm();
    oneTimeToken.set(undefined);
    onClosed();
  };
  useEffect(() => {
    // The focused button went with the form.
    document.getElementById(created ? "new-api-token-copy" : "api-token-name")?.focus();
  }, [created]);
  return (
    <Modal
      variant="medium"
      title={t(created ? "apiTokensCreated" : "apiTokensCreate")}
      isOpen
      onClose={close}
      // A slip of the finger must not lose the token.
      onEscapePress={() => (!created || copied) && close()}
      className={created ? "qh-new-token" : "qh-create"}
      footer={
        created ? <NewTokenButtons onClose={close} /> : <CreateButtons busy={creation.busy} onCancel={close} />
      }
    >
      {created && <NewToken token={created} onCopied={() => setCopied(true)} />}
      {!created && form && (
        <CreateForm
          draft={form}
          errors={creation.errors}
          refusal={creation.refusal}
          problem={creation.problem}
          session={session}
          onSubmit={() => void creation.create(form)}
        />
      )}
    </Modal>
  );
}
