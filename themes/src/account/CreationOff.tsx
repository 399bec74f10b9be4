import { Alert } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";

/** Explains that no token can be created or rotated, with the server's message and whom to contact. */
export function CreationOff({ refusal }: { refusal: string }) {
  const { t } = useMessages();
  return (
    <Alert isInline variant="warning" title={t("apiTokensCreationOff")} className="qh-creation-off">
      <p>{t("apiTokensCreationOffAdvice")}</p>
      {refusal && <p lang="en">{refusal}</p>}
    </Alert>
  );
}
