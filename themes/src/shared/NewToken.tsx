import { Alert, Text, TextContent } from "@patternfly/react-core";
import { CopyBlock } from "./CopyBlock";
import { exactTime } from "./dates";
import { useMessages } from "./messages";
import { OrganizationName } from "./OrganizationName";
import { ScopeList } from "./ScopeList";
import type { CreatedToken } from "./tokens";

interface Props {
  token: CreatedToken;
  onCopied(): void;
}

/** Shows the token string once, and how to use it. */
export function NewToken({ token, onCopied }: Props) {
  const { t, locale } = useMessages();
  const secrets = `QA_HUB_TOKEN=${token.token}\nQA_HUB_URL=${t("apiTokensServiceUrl")}`;
  const call = 'curl -H "Authorization: Bearer $QA_HUB_TOKEN" \\\n  "$QA_HUB_URL/api/v1/cases"';
  const expiry = token.expiresAt
    ? t("apiTokensExpiresAt", { time: exactTime(new Date(token.expiresAt), locale) })
    : t("apiTokensNoExpiryHelp");
  return (
    <>
      <Alert isInline variant="warning" title={t("apiTokensShownOnce")}>
        {t("apiTokensShownOnceAdvice")}
      </Alert>
      <TextContent>
        <Text component="p">
          <strong className="qh-name">
            <bdi>{token.name}</bdi>
          </strong>
          {" ("}
          <ScopeList token={token} />
          {"). "}
          {token.organization && (
            <>
              {t("apiTokensOrganization")}: <OrganizationName token={token} />.{" "}
            </>
          )}
          {expiry}
        </Text>
        {token.oldUntil !== undefined && <Text component="p">{oldToken(token.oldUntil)}</Text>}
      </TextContent>
      <CopyBlock id="new-api-token" label={t("apiTokensToken")} onCopied={onCopied}>
        {token.token}
      </CopyBlock>
      <TextContent>
        <Text component="h2">{t("apiTokensUseInCi")}</Text>
        <Text component="p">{t("apiTokensUseInCiHelp")}</Text>
      </TextContent>
      <CopyBlock id="api-token-secrets" label={t("apiTokensUseInCi")} onCopied={onCopied}>
        {secrets}
      </CopyBlock>
      <TextContent>
        <Text component="h2">{t("apiTokensUseWithCurl")}</Text>
      </TextContent>
      <CopyBlock id="api-token-curl" label={t("apiTokensUseWithCurl")}>
        {call}
      </CopyBlock>
    </>
  );

  function oldToken(until: string | null): string {
    return until ? t("apiTokensOldUntil", { time: exactTime(new Date(until), locale) }) : t("apiTokensOldStopped");
  }
}
