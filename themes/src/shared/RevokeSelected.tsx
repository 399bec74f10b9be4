import { Button } from "@patternfly/react-core";
import { useMessages } from "./messages";

/** Revokes the selected tokens. Always in its place, so that a selection moves nothing. */
export function RevokeSelected({ selected, onRevoke }: { selected: number; onRevoke(): void }) {
  const { t, count } = useMessages();
  return (
    <Button id="revoke-selected" variant="secondary" isDanger isDisabled={selected === 0} onClick={onRevoke}>
      {selected === 0 ? t("apiTokensRevokeChosen") : count("apiTokensRevokeSelected", selected)}
    </Button>
  );
}
