import {
  Button,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import { Dialog } from "../shared/Dialog";
import { exactTime } from "../shared/dates";
import { isolated, useMessages } from "../shared/messages";
import { OrganizationName } from "../shared/OrganizationName";
import { ScopeList } from "../shared/ScopeList";
import { StatusLabel } from "../shared/StatusLabel";
import { shortForm, shownStatus } from "../shared/tokens";
import type { AdminToken } from "./adminApi";
import { OwnerLink } from "./OwnerLink";

interface Props {
  token: AdminToken;
  onRevoke(): void;
  /** Ends the overlap of the secret that a rotation has replaced. */
  onEndPrevious(): void;
  onClose(): void;
}

/** All details of a token. */
export function TokenDetails({ token, onRevoke, onEndPrevious, onClose }: Props) {
  const { t, locale, direction } = useMessages();
  const time = (at: string) => exactTime(new Date(at), locale);
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
    <Dialog
      variant="medium"
      title={isolated(token.name, direction)}
      isOpen
      onClose={onClose}
      actions={actions}
      className="qh-dialog qh-tokens"
    >
      <DescriptionList isHorizontal isCompact>
        <Fact term={t("apiTokensStatus")}>
          <StatusLabel status={shownStatus(token, new Date())} />
        </Fact>
        <Fact term={t("apiTokensOwner")}>
          <OwnerLink token={token} />
        </Fact>
        <Fact term={t("apiTokensToken")}>
          <code>{shortForm(token)}</code>
        </Fact>
        {token.description && (
          <Fact term={t("apiTokensDescriptionLabel")}>
            <span className="qh-full-description" dir="auto">
              {token.description}
            </span>
          </Fact>
        )}
        <Fact term={t("apiTokensScopes")}>
          <ScopeList token={token} all />
        </Fact>
        {token.organization && (
          <Fact term={t("apiTokensOrganization")}>
            <OrganizationName token={token} />
          </Fact>
        )}
        {token.allowedNetworks && (
          <Fact term={t("apiTokensNetworks")}>
            <bdi className="qh-scope">{token.allowedNetworks.join(", ")}</bdi>
          </Fact>
        )}
        <Fact term={t("apiTokensCreatedAt")}>{time(token.createdAt)}</Fact>
        <Fact term={t("apiTokensLastUsed")}>{token.lastUsedAt ? time(token.lastUsedAt) : t("apiTokensNeverUsed")}</Fact>
        {token.lastUsedAddress && (
          <Fact term={t("apiTokensLastAddress")}>
            <bdi>{token.lastUsedAddress}</bdi>
          </Fact>
        )}
        <Fact term={t("apiTokensExpires")}>{token.expiresAt ? time(token.expiresAt) : t("apiTokensNeverExpires")}</Fact>
        {token.previousSecretUntil && (
          <Fact term={t("apiTokensOldWorksUntil")}>
            {time(token.previousSecretUntil)}{" "}
            {token.access.revoke && (
              <Button
                id="end-previous"
                variant="link"
                isInline
                aria-label={t("apiTokensPreviousEndNamed", { name: token.name })}
                onClick={onEndPrevious}
              >
                {t("apiTokensPreviousEnd")}
              </Button>
            )}
          </Fact>
        )}
        {token.revokedAt && <Fact term={t("apiTokensRevokedAt")}>{time(token.revokedAt)}</Fact>}
        <Fact term={t("apiTokensId")}>
          <code>{token.id}</code>
        </Fact>
      </DescriptionList>
    </Dialog>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}
