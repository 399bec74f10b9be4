import { Alert } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";

interface Props {
  refusal: string;
  impersonated: boolean;
}

/** Explains that no token can be created or rotated, with the server's message and whom to contact. */
export function CreationOff({ refusal, impersonated }: Props) {
  const { t } = useMessages();
  if (impersonated) {
    return (
      <Alert isInline variant="warning" title={t("apiTokensImpersonated")} className="qh-creation-off">
        <p>{t("apiTokensImpersonatedAdvice")}</p>
      </Alert>
    );
  }
  return (
    <Alert isInline variant="warning" title={t("apiTokensCreationOff")} className="qh-creation-off">
      {refusal ? <p lang="en">{refusal}</p> : <p>{t("apiTokensCreationOffConsole")}</p>}
      <p>{t("apiTokensCreationOffAdvice")}</p>
    </Alert>
  );
}
