import { DropdownItem } from "@patternfly/react-core";
import { ActionsMenu } from "../shared/ActionsMenu";
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
  const { name, id, tokens, access } = scope;
  const canChange = id !== null && access.manage;
  const canRevoke = rights.revoke && tokens !== 0;
  if (!canChange && !canRevoke) {
    return null;
  }
  return (
    <ActionsMenu name={name}>
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
    </ActionsMenu>
  );
}
