import {
  Button,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Modal,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import { exactTime } from "../shared/dates";
import { useMessages } from "../shared/messages";
import { StatusLabel } from "../shared/StatusLabel";
import { shortForm } from "../shared/tokens";
import type { AdminToken } from "./adminApi";
import { OwnerLink } from "./OwnerLink";

interface Props {
  token: AdminToken;
  onRevoke(): void;
  onClose(): void;
}

/** All that is known of a token. */
export function TokenDetails({ token, onRevoke, onClose }: Props) {
  const { t, locale } = useMessages();
  const time = (at: string | null, otherwise: string) => (at ? exactTime(new Date(at), locale) : otherwise);
  const facts: [string, ReactNode][] = [
    [t("apiTokensStatus"), <StatusLabel status={token.status} />],
    [t("apiTokensOwner"), <OwnerLink token={token} />],
    [t("apiTokensToken"), <code>{shortForm(token)}</code>],
    [t("apiTokensScopes"), token.scopes.join(", ")],
    [t("apiTokensCreatedAt"), time(token.createdAt, "")],
    [t("apiTokensLastUsed"), time(token.lastUsedAt, t("apiTokensNeverUsed"))],
    [t("apiTokensExpires"), time(token.expiresAt, t("apiTokensNeverExpires"))],
  ];
  if (token.lastUsedAddress) {
    facts.splice(6, 0, [t("apiTokensLastAddress"), token.lastUsedAddress]);
  }
  if (token.revokedAt) {
    facts.push([t("apiTokensRevokedAt"), time(token.revokedAt, "")]);
  }
  facts.push([t("apiTokensId"), <code>{token.id}</code>]);
  const actions = [
    <Button key="close" id="close-details" variant="primary" onClick={onClose}>
      {t("apiTokensClose")}
    </Button>,
  ];
  if (token.status !== "revoked" && token.access.revoke) {
    actions.push(
      <Button key="revoke" id="revoke-details" variant="link" isDanger onClick={onRevoke}>
        {t("apiTokensRevoke")}
      </Button>,
    );
  }
  return (
    <Modal variant="medium" title={token.name} isOpen onClose={onClose} actions={actions} className="qh-tokens">
      <DescriptionList isHorizontal isCompact>
        {facts.map(([term, fact]) => (
          <DescriptionListGroup key={term}>
            <DescriptionListTerm>{term}</DescriptionListTerm>
            <DescriptionListDescription>{fact}</DescriptionListDescription>
          </DescriptionListGroup>
        ))}
      </DescriptionList>
    </Modal>
  );
}
