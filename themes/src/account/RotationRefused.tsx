import { Alert, Text, TextContent } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import { OrganizationName } from "../shared/OrganizationName";
import { ScopeList } from "../shared/ScopeList";
import type { ApiToken } from "../shared/tokens";
import type { Obstacles } from "./rotation";

/** Says why a token cannot be rotated, and what to do instead. */
export function RotationRefused({ token, obstacles }: { token: ApiToken; obstacles: Obstacles }) {
  const { t } = useMessages();
  const { scopes, organization } = obstacles;
  return (
    <Alert isInline isLiveRegion variant="warning" className="qh-not-rotated" title={t("apiTokensRotateRefused")}>
      <TextContent>
        {scopes.length > 0 && (
          <Text component="p">
            {t("apiTokensRotateScopes")} <ScopeList token={{ ...token, scopes }} all />
          </Text>
        )}
        {organization === "unavailable" && (
          <Text component="p">
            {t("apiTokensRotateOrganization")} <OrganizationName token={token} />
          </Text>
        )}
        {organization === "missing" && <Text component="p">{t("apiTokensRotateOrganizationMissing")}</Text>}
        <Text component="p">{t("apiTokensRotateInstead")}</Text>
      </TextContent>
    </Alert>
  );
}
