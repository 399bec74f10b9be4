import { Divider, DropdownItem } from "@patternfly/react-core";
import { ActionsMenu } from "../shared/ActionsMenu";
import { useMessages } from "../shared/messages";
import { useAdmin } from "./AdminContext";
import type { AdminToken } from "./adminApi";
import { ownerName } from "./consoleLinks";
import { ofOwner, type Revocation } from "./revocation";

interface Props {
  token: AdminToken;
  revocable: boolean;
  onRevoke(revocation: Revocation): void;
  onEndPrevious(): void;
  onShowOwner(): void;
}

/** Actions for a token and for all tokens of its owner. */
export function RowMenu({ token, revocable, onRevoke, onEndPrevious, onShowOwner }: Props) {
  const { t } = useMessages();
  const { rights } = useAdmin();
  const name = ownerName(token);
  return (
    <ActionsMenu name={token.name}>
      <DropdownItem key="owner" onClick={onShowOwner}>
        {t("apiTokensShowOwners", { name })}
      </DropdownItem>
      <Divider key="divider" component="li" />
      {token.previousSecretUntil && token.access.revoke && (
        <DropdownItem key="end-previous" isDanger onClick={onEndPrevious}>
          {t("apiTokensPreviousConfirm")}
        </DropdownItem>
      )}
      <DropdownItem
        key="revoke"
        isDanger
        isDisabled={!revocable}
        onClick={() => onRevoke({ kind: "tokens", tokens: [token] })}
      >
        {t("apiTokensRevoke")}
      </DropdownItem>
      <DropdownItem
        key="revoke-owner"
        isDanger
        isDisabled={!rights.revoke && !token.access.revoke}
        onClick={() => onRevoke(ofOwner(token))}
      >
        {t("apiTokensRevokeOwners", { name })}
      </DropdownItem>
    </ActionsMenu>
  );
}
