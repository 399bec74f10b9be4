import { Dropdown, DropdownList, MenuToggle } from "@patternfly/react-core";
import EllipsisVIcon from "@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon";
import { type ReactNode, useState } from "react";
import { useMessages } from "./messages";

interface Props {
  /** What the actions are for. */
  name: string;
  /** The items of the menu. */
  children: ReactNode;
}

/** The menu of a row. */
export function ActionsMenu({ name, children }: Props) {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <Dropdown
      className="qh-actions"
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
      <DropdownList>{children}</DropdownList>
    </Dropdown>
  );
}
