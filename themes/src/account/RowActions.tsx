import { Button, DropdownItem } from "@patternfly/react-core";
import { ActionsMenu } from "../shared/ActionsMenu";
import { useMessages } from "../shared/messages";

interface Props {
  name: string;
  /** Whether the actions are in a menu, because there is no room for them. */
  inMenu: boolean;
  /** Whether a rotation renews the token. */
  isExpired: boolean;
  /** undefined if the token cannot be edited. A button for it is beside the name. */
  onEdit?(): void;
  /** undefined if the token cannot be rotated. */
  onRotate?(): void;
  /** undefined if the token is revoked. */
  onRevoke?(): void;
}

/** The actions for a token; nothing if there are none. */
export function RowActions({ name, inMenu, isExpired, onEdit, onRotate, onRevoke }: Props) {
  const { t } = useMessages();
  const rotate = t(isExpired ? "apiTokensRenew" : "apiTokensRotate");
  if (!onRotate && !onRevoke) {
    return null;
  }
  if (inMenu) {
    return (
      <ActionsMenu name={name}>
        {onRotate && <DropdownItem onClick={onRotate}>{rotate}</DropdownItem>}
        {onEdit && <DropdownItem onClick={onEdit}>{t("apiTokensEdit")}</DropdownItem>}
        {onRevoke && (
          <DropdownItem isDanger onClick={onRevoke}>
            {t("apiTokensRevoke")}
          </DropdownItem>
        )}
      </ActionsMenu>
    );
  }
  return (
    <>
      {onRotate && (
        <Button
          variant="link"
          isInline
          className="qh-rotate"
          onClick={onRotate}
          aria-label={t(isExpired ? "apiTokensRenewNamed" : "apiTokensRotateNamed", { name })}
        >
          {rotate}
        </Button>
      )}
      {onRevoke && (
        <Button
          variant="link"
          isInline
          isDanger
          className="qh-revoke"
          onClick={onRevoke}
          aria-label={t("apiTokensRevokeNamed", { name })}
        >
          {t("apiTokensRevoke")}
        </Button>
      )}
    </>
  );
}
