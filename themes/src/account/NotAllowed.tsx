import { Alert } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";

/** Without a role of the client "account", the console's access token does not have its audience either. */
const MISSING_ROLE = /manage-account|audience/;

/** Tells a user who may not even view tokens why, and whom to contact. */
export function NotAllowed({ reason }: { reason: string }) {
  const { t } = useMessages();
  return (
    <Alert isInline variant="warning" title={t("apiTokensNotAllowed")} className="qh-creation-off">
      {MISSING_ROLE.test(reason) ? <p>{t("apiTokensNotAllowedRole")}</p> : reason && <p lang="en">{reason}</p>}
      <p>{t("apiTokensNotAllowedAdvice")}</p>
    </Alert>
  );
}
