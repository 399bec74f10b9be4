import { Dropdown, DropdownItem, DropdownList, MenuToggle } from "@patternfly/react-core";
import EllipsisVIcon from "@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon";
import { useState } from "react";
import { useMessages } from "../shared/messages";
import { useAdmin } from "./AdminContext";
import type { AdminScope } from "./adminApi";

interface Props {
  scope: AdminScope;
  onMethods(): void;
  onRevoke(): void;
}

/** Actions for a scope; nothing if the admin may do none of them. */
export function ScopeMenu({ scope, onMethods, onRevoke }: Props) {
  const { t } = useMessages();
  const { rights } = useAdmin();
  const [open, setOpen] = useState(false);
  const { name, id, tokens, access } = scope;
  const canChange = id !== null && access.manage;
  const canRevoke = rights.revoke && tokens !== 0;
  if (!canChange && !canRevoke) {
    return null;
  }
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
          aria-label={t("apiTokensActionsFor", { name })}
        >
          <EllipsisVIcon />
        </MenuToggle>
      )}
    >
      <DropdownList>
        {canChange && (
          <DropdownItem key="methods" onClick={onMethods}>
            {t("apiTokensMethodsChange")}
          </DropdownItem>
        )}
        {canRevoke && (
          <DropdownItem key="revoke" isDanger onClick={onRevoke}>
            {t("apiTokensRevokeScope")}
          </DropdownItem>
        )}
      </DropdownList>
    </Dropdown>
  );
}
