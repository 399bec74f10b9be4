import { Button, Text, TextContent } from "@patternfly/react-core";
import { useState } from "react";
import { Dialog } from "./Dialog";
import { useMessages } from "./messages";
import { ProblemAlert } from "./ProblemAlert";
import { asProblem, type Problem } from "./problem";
import { RevokeNames } from "./RevokeNames";
import type { Session } from "./session";
import type { ApiToken } from "./tokens";

interface Props {
  session: Session;
  token: ApiToken;
  /** Calls the server. */
  end(): Promise<void>;
  onEnded(): void;
  onFailed(): void;
  onClosed(): void;
}

/** Asks before the secret that a rotation has replaced stops working. */
export function EndPreviousDialog({ session, token, end, onEnded, onFailed, onClosed }: Props) {
  const { t } = useMessages();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await end();
      onEnded();
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
      onFailed();
    }
  };

  return (
    <Dialog
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
          onClick={() => void confirm()}
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
      {problem && <ProblemAlert problem={problem} session={session} onRetry={() => void confirm()} />}
      <RevokeNames tokens={[token]} />
      <TextContent id="end-previous-consequence">
        <Text component="p">{t("apiTokensPreviousConsequence")}</Text>
      </TextContent>
    </Dialog>
  );
}
