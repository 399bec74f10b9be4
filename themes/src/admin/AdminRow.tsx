import { Button } from "@patternfly/react-core";
import { Cell, CheckCell, NameCell, Row } from "../shared/DataTable";
import { useMessages } from "../shared/messages";
import { OrganizationName } from "../shared/OrganizationName";
import { RelativeTime } from "../shared/RelativeTime";
import { ScopeList } from "../shared/ScopeList";
import { StatusLabel } from "../shared/StatusLabel";
import { shortForm, shownStatus } from "../shared/tokens";
import type { Selection } from "../shared/useSelection";
import type { AdminToken } from "./adminApi";
import { OwnerLink } from "./OwnerLink";
import { RowMenu } from "./RowMenu";
import type { Revocation } from "./revocation";

interface Props {
  token: AdminToken;
  /** undefined if the admin may not revoke any token. */
  selection?: Selection<AdminToken>;
  showOrganization: boolean;
  onDetails(): void;
  onRevoke(revocation: Revocation): void;
  onEndPrevious(): void;
  onShowOwner(): void;
}

export function AdminRow({ token, selection, showOrganization, onDetails, ...actions }: Props) {
  const { t } = useMessages();
  const revocable = token.status !== "revoked" && token.access.revoke;
  return (
    <Row id={`token-${token.prefix}`}>
      {selection && (
        <CheckCell
          label={t("apiTokensSelect", { name: token.name })}
          checked={selection.has(token)}
          disabled={!revocable}
          onChange={(checked) => selection.toggle(token, checked)}
        />
      )}
      <NameCell label={t("apiTokensName")}>
        <Button variant="link" isInline onClick={onDetails}>
          <bdi>{token.name}</bdi>
        </Button>
      </NameCell>
      <Cell label={t("apiTokensOwner")}>
        <OwnerLink token={token} />
      </Cell>
      <Cell label={t("apiTokensToken")} isExtra>
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
      </Cell>
      <Cell label={t("apiTokensExpires")}>
        {token.expiresAt ? <RelativeTime at={token.expiresAt} /> : t("apiTokensNeverExpires")}
      </Cell>
      <Cell label={t("apiTokensStatus")}>
        <StatusLabel status={shownStatus(token, new Date())} />
      </Cell>
      {selection && (
        <Cell isAction>
          <RowMenu token={token} revocable={revocable} {...actions} />
        </Cell>
      )}
    </Row>
  );
}
