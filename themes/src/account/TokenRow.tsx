import { useId } from "react";
import { Cell, CheckCell, NameCell, Row } from "../shared/DataTable";
import { Description } from "../shared/Description";
import { useMessages } from "../shared/messages";
import { OrganizationName } from "../shared/OrganizationName";
import { RelativeTime } from "../shared/RelativeTime";
import { ScopeList } from "../shared/ScopeList";
import { StatusLabel } from "../shared/StatusLabel";
import { type ApiToken, shortForm, shownStatus } from "../shared/tokens";
import type { Selection } from "../shared/useSelection";
import { AllowedNetworks } from "./AllowedNetworks";
import { EditButton } from "./EditButton";
import { PreviousSecret } from "./PreviousSecret";
import { RowActions } from "./RowActions";
import type { TokenActions } from "./tokenActions";

interface Props {
  token: ApiToken;
  selection: Selection;
  /** Whether the token can be rotated and edited, unless it is revoked. */
  mayChange: boolean;
  actionsInMenu: boolean;
  showOrganization: boolean;
  actions: TokenActions;
}

export function TokenRow({ token, selection, mayChange, actionsInMenu, showOrganization, actions }: Props) {
  const { t } = useMessages();
  const nameId = useId();
  const revoked = token.status === "revoked";
  const edit = mayChange && !revoked ? () => actions.edit(token) : undefined;
  return (
    <Row id={`token-${token.prefix}`}>
      <CheckCell
        label={t("apiTokensSelect", { name: token.name })}
        checked={selection.has(token)}
        disabled={revoked}
        onChange={(checked) => selection.toggle(token, checked)}
      />
      <NameCell label={t("apiTokensName")} labelledBy={nameId}>
        <div>
          <bdi id={nameId}>{token.name}</bdi>
          {edit && <EditButton name={token.name} onEdit={edit} />}
          <Description token={token} />
          <AllowedNetworks token={token} />
        </div>
      </NameCell>
      <Cell label={t("apiTokensToken")}>
        <div>
          <code>{shortForm(token)}</code>
          <PreviousSecret token={token} onEnd={() => actions.endPrevious(token)} />
        </div>
      </Cell>
      <Cell label={t("apiTokensScopes")}>
        <ScopeList token={token} />
      </Cell>
      {showOrganization && (
        <Cell label={t("apiTokensOrganization")}>
          <OrganizationName token={token} />
        </Cell>
      )}
      <Cell label={t("apiTokensCreatedAt")} isExtra={showOrganization}>
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
          onEdit={edit}
          isExpired={token.status === "expired"}
          onRotate={mayChange && !revoked ? () => actions.rotate(token) : undefined}
          onRevoke={revoked ? undefined : () => actions.revoke([token])}
        />
      </Cell>
    </Row>
  );
}
