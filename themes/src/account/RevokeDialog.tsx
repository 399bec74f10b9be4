import { Button, Text, TextContent } from "@patternfly/react-core";
import { useState } from "react";
import { Dialog } from "../shared/Dialog";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { asProblem, type Problem } from "../shared/problem";
import { RevokeNames } from "../shared/RevokeNames";
import type { Session } from "../shared/session";
import type { ApiToken } from "../shared/tokens";
import { revokeToken } from "./tokensApi";

interface Props {
  session: Session;
  tokens: ApiToken[];
  /** Called when tokens may have been revoked anyway. */
  onFailed(): void;
  /** Called with the tokens that have been revoked. */
  onClosed(revoked: ApiToken[]): void;
}

export function RevokeDialog({ session, tokens, onFailed, onClosed }: Props) {
  const { t, count } = useMessages();
  const [revoked, setRevoked] = useState<ApiToken[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const left = tokens.filter((token) => !revoked.includes(token));

  const revoke = async () => {
    setBusy(true);
    setProblem(undefined);
    const done = [...revoked];
    try {
      for (const token of left) {
        await gone(revokeToken(session, token.id));
        done.push(token);
      }
      onClosed(done);
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setRevoked(done);
      onFailed();
      setBusy(false);
    }
  };

  return (
    <Dialog
      className="qh-dialog"
      variant="small"
      title={count("apiTokensRevokeQuestion", left.length)}
      titleIconVariant="warning"
      titleLabel={t("apiTokensWarning")}
      aria-describedby="revoke-consequence"
      isOpen
      onClose={() => !busy && onClosed(revoked)}
      actions={[
        <Button
          key="revoke"
          id="confirm-revoke"
          variant="danger"
          onClick={() => void revoke()}
          isDisabled={busy}
          isLoading={busy}
          spinnerAriaValueText={t("apiTokensWorking")}
        >
          {t("apiTokensRevoke")}
        </Button>,
        <Button key="cancel" variant="link" onClick={() => onClosed(revoked)} isDisabled={busy}>
          {t("apiTokensCancel")}
        </Button>,
      ]}
    >
      {problem && <ProblemAlert problem={problem} session={session} onRetry={() => void revoke()} />}
      <RevokeNames tokens={left} />
      <TextContent id="revoke-consequence">
        <Text component="p">{count("apiTokensRevokeConsequence", left.length)}</Text>
      </TextContent>
    </Dialog>
  );
}

/** A token that no longer exists is treated as revoked. */
async function gone(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (thrown) {
    if (asProblem(thrown).status !== 404) {
      throw thrown;
    }
  }
}
