import { Button } from "@patternfly/react-core";
import PencilAltIcon from "@patternfly/react-icons/dist/esm/icons/pencil-alt-icon";
import { useMessages } from "../shared/messages";

/** A small button beside the name of a token. */
export function EditButton({ name, onEdit }: { name: string; onEdit(): void }) {
  const { t } = useMessages();
  return (
    <Button
      variant="plain"
      className="qh-edit"
      aria-label={t("apiTokensEditNamed", { name })}
      title={t("apiTokensEdit")}
      onClick={onEdit}
      icon={<PencilAltIcon />}
    />
  );
}
