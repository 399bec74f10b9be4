import { Button } from "@patternfly/react-core";
import SyncAltIcon from "@patternfly/react-icons/dist/esm/icons/sync-alt-icon";
import { useMessages } from "./messages";

/** Loads a list again. */
export function RefreshButton({ onRefresh }: { onRefresh(): void }) {
  const { t } = useMessages();
  return (
    <Button
      id="refresh-list"
      variant="plain"
      aria-label={t("apiTokensRefresh")}
      title={t("apiTokensRefresh")}
      onClick={onRefresh}
      icon={<SyncAltIcon />}
    />
  );
}
