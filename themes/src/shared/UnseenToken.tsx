import { Alert, AlertActionLink } from "@patternfly/react-core";
import { useMessages } from "./messages";
import { ProblemAlert } from "./ProblemAlert";
import { RelativeTime } from "./RelativeTime";
import { RevokeNames } from "./RevokeNames";
import type { Session } from "./session";
import type { Unseen } from "./useUnseen";

/** Reports a token that was, or may have been, created although its answer was lost, and offers to revoke it. */
export function UnseenToken({ unseen, session }: { unseen: Unseen; session: Session }) {
  const { t } = useMessages();
  const { state } = unseen;
  if (state.kind === "none") {
    return null;
  }
  if (state.kind === "revoked") {
    return <Alert isInline isLiveRegion variant="success" title={t("apiTokensUnseenRevoked")} />;
  }
  if (!("token" in state)) {
    return (
      <Alert
        isInline
        isLiveRegion
        variant="warning"
        className="qh-unseen"
        title={t("apiTokensUnseenPerhaps")}
        actionLinks={
          <AlertActionLink isDisabled={state.kind === "looking"} onClick={() => void unseen.look()}>
            {t("apiTokensUnseenLook")}
          </AlertActionLink>
        }
      >
        {t(state.kind === "looking" ? "apiTokensUnseenLooking" : "apiTokensUnseenNotListed")}
      </Alert>
    );
  }
  const { token, repeated, problem } = state;
  return (
    <Alert
      isInline
      isLiveRegion
      variant="warning"
      className="qh-unseen"
      title={t(repeated ? "apiTokensUnseenRepeated" : "apiTokensUnseenFound")}
      actionLinks={
        <AlertActionLink id="revoke-unseen" isDisabled={state.kind === "revoking"} onClick={() => void unseen.revoke()}>
          {t("apiTokensUnseenRevoke")}
        </AlertActionLink>
      }
    >
      {problem && <ProblemAlert problem={problem} session={session} />}
      <RevokeNames tokens={[token]} />
      {t("apiTokensCreatedAt")}: <RelativeTime at={token.createdAt} />. {t("apiTokensUnseenAdvice")}
    </Alert>
  );
}
