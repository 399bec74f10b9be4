import { Alert, Button } from "@patternfly/react-core";
import { useMessages } from "./messages";

interface Props {
  /** Whether the user tries to leave without having copied the token. */
  isAsking: boolean;
  onStay(): void;
  onClose(): void;
}

export function NewTokenButtons({ isAsking, onStay, onClose }: Props) {
  const { t } = useMessages();
  if (!isAsking) {
    return (
      <Button id="new-api-token-done" variant="primary" onClick={onClose}>
        {t("apiTokensDone")}
      </Button>
    );
  }
  const back = () => {
    onStay();
    document.getElementById("new-api-token-copy")?.focus();
  };
  return (
    <div className="qh-leave">
      <Alert isInline isLiveRegion variant="warning" title={t("apiTokensNotCopied")}>
        {t("apiTokensNotCopiedAdvice")}
      </Alert>
      <Button id="new-api-token-back" variant="primary" onClick={back}>
        {t("apiTokensBackToToken")}
      </Button>{" "}
      <Button id="new-api-token-leave" variant="link" isDanger onClick={onClose}>
        {t("apiTokensLeaveToken")}
      </Button>
    </div>
  );
}
