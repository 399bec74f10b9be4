import { Divider, Dropdown, DropdownItem, DropdownList, MenuToggle } from "@patternfly/react-core";
import EllipsisVIcon from "@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon";
import { useState } from "react";
import { useMessages } from "../shared/messages";
import { useAdmin } from "./AdminContext";
import type { AdminToken } from "./adminApi";
import { ownerName } from "./consoleLinks";
import { ofOwner, type Revocation } from "./revocation";

interface Props {
  token: AdminToken;
  revocable: boolean;
  onRevoke(revocation: Revocation): void;
  onShowOwner(): void;
}

/** Actions for a token and for all tokens of its owner. */
export function RowMenu({ token, revocable, onRevoke, onShowOwner }: Props) {
  const { t } = useMessages();
  const { rights } = useAdmin();
  const [open, setOpen] = useState(false);
  const name = ownerName(token);
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      shouldFocusFirstItemOnOpen
      shouldFocusToggleOnSelect
      popperProps={{ position: "right" }}
      toggle={(toggle) => (
        <MenuToggle
          ref={toggle}
          variant="plain"
          isExpanded={open}
          onClick={() => setOpen(!open)}
          aria-label={t("apiTokensActionsFor", { name: token.name })}
        >
          <EllipsisVIcon />
        </MenuToggle>
      )}
    >
      <DropdownList>
        <DropdownItem key="owner" onClick={onShowOwner}>
          {t("apiTokensShowOwners", { name })}
        </DropdownItem>
        <Divider key="divider" component="li" />
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
      </DropdownList>
    </Dropdown>
  );
}
