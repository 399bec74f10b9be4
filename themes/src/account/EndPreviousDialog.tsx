import { Button, Modal, Text, TextContent } from "@patternfly/react-core";
import { useState } from "react";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { asProblem, type Problem } from "../shared/problem";
import { RevokeNames } from "../shared/RevokeNames";
import type { Session } from "../shared/session";
import type { ApiToken } from "../shared/tokens";
import { endPreviousSecret } from "./tokensApi";

interface Props {
  session: Session;
  token: ApiToken;
  onEnded(): void;
  onFailed(): void;
  onClosed(): void;
}

/** Asks before the secret that a rotation has replaced stops working. */
export function EndPreviousDialog({ session, token, onEnded, onFailed, onClosed }: Props) {
  const { t } = useMessages();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  const end = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await endPreviousSecret(session, token.id);
      onEnded();
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
      onFailed();
    }
  };

  return (
    <Modal
      className="qh-dialog"
      variant="small"
      title={t("apiTokensPreviousQuestion")}
      titleIconVariant="warning"
      titleLabel={t("apiTokensWarning")}
      aria-describedby="end-previous-consequence"
      isOpen
      onClose={() => !busy && onClosed()}
      actions={[
        <Button
          key="end"
          id="confirm-end-previous"
          variant="danger"
          onClick={() => void end()}
          isDisabled={busy}
          isLoading={busy}
          spinnerAriaValueText={t("apiTokensWorking")}
        >
          {t("apiTokensPreviousConfirm")}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClosed} isDisabled={busy}>
          {t("apiTokensCancel")}
        </Button>,
      ]}
    >
      {problem && <ProblemAlert problem={problem} session={session} onRetry={() => void end()} />}
      <RevokeNames tokens={[token]} />
      <TextContent id="end-previous-consequence">
        <Text component="p">{t("apiTokensPreviousConsequence")}</Text>
      </TextContent>
    </Modal>
  );
}
