import { Cell, CheckCell, NameCell, Row } from "../shared/DataTable";
import { useMessages } from "../shared/messages";
import { OrganizationName } from "../shared/OrganizationName";
import { RelativeTime } from "../shared/RelativeTime";
import { ScopeList } from "../shared/ScopeList";
import { StatusLabel } from "../shared/StatusLabel";
import { type ApiToken, shortForm, shownStatus } from "../shared/tokens";
import type { Selection } from "../shared/useSelection";
import { RowActions } from "./RowActions";

interface Props {
  token: ApiToken;
  selection: Selection;
  mayRotate: boolean;
  actionsInMenu: boolean;
  showOrganization: boolean;
  onRotate(): void;
  onRevoke(): void;
}

export function TokenRow({ token, selection, mayRotate, actionsInMenu, showOrganization, onRotate, onRevoke }: Props) {
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
        <StatusLabel status={shownStatus(token, new Date())} />
      </Cell>
      <Cell isAction>
        <RowActions
          name={token.name}
          inMenu={actionsInMenu}
          onRotate={mayRotate ? onRotate : undefined}
          onRevoke={revoked ? undefined : onRevoke}
        />
      </Cell>
    </Row>
  );
}
