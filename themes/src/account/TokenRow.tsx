import { Button } from "@patternfly/react-core";
import { Cell, CheckCell, NameCell, Row } from "../shared/DataTable";
import { useMessages } from "../shared/messages";
import { OrganizationName } from "../shared/OrganizationName";
import { RelativeTime } from "../shared/RelativeTime";
import { ScopeList } from "../shared/ScopeList";
import { StatusLabel } from "../shared/StatusLabel";
import { type ApiToken, expiresSoon, shortForm } from "../shared/tokens";
import type { Selection } from "../shared/useSelection";

interface Props {
  token: ApiToken;
  selection: Selection;
  mayRotate: boolean;
  showOrganization: boolean;
  onRotate(): void;
  onRevoke(): void;
}

export function TokenRow({ token, selection, mayRotate, showOrganization, onRotate, onRevoke }: Props) {
  const { t } = useMessages();
  const revoked = token.status === "revoked";
  return (
    <Row id={`token-${token.prefix}`}>
      <CheckCell
        label={t("apiTokensSelect", { name: token.name })}
        checked={selection.has(token)}
        disabled={revoked}
        onChange={(checked) => selection.toggle(token, checked)}
      />
      <NameCell label={t("apiTokensName")}>
        <bdi>{token.name}</bdi>
      </NameCell>
      <Cell label={t("apiTokensToken")}>
        <code>{shortForm(token)}</code>
      </Cell>
      <Cell label={t("apiTokensScopes")}>
        <ScopeList token={token} />
      </Cell>
      {showOrganization && (
        <Cell label={t("apiTokensOrganization")}>
          <OrganizationName token={token} />
        </Cell>
      )}
      <Cell label={t("apiTokensCreatedAt")}>
        <RelativeTime at={token.createdAt} />
      </Cell>
      <Cell label={t("apiTokensLastUsed")}>
        {token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : t("apiTokensNeverUsed")}
        {token.lastUsedAddress && (
          <div className="qh-address">{t("apiTokensUsedFrom", { address: token.lastUsedAddress })}</div>
        )}
      </Cell>
      <Cell label={t("apiTokensExpires")}>
        {token.expiresAt ? <RelativeTime at={token.expiresAt} /> : t("apiTokensNeverExpires")}
      </Cell>
      <Cell label={t("apiTokensStatus")}>
        <StatusLabel status={expiresSoon(token, new Date()) ? "soon" : token.status} />
      </Cell>
      <Cell isAction>
        {mayRotate && (
          <Button
            variant="link"
            isInline
            className="qh-rotate"
            onClick={onRotate}
            aria-label={t("apiTokensRotateNamed", { name: token.name })}
          >
            {t("apiTokensRotate")}
          </Button>
        )}
        {!revoked && (
          <Button
            variant="link"
            isInline
            isDanger
            className="qh-revoke"
            onClick={onRevoke}
            aria-label={t("apiTokensRevokeNamed", { name: token.name })}
          >
            {t("apiTokensRevoke")}
          </Button>
        )}
      </Cell>
    </Row>
  );
}
