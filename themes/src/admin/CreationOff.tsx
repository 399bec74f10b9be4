import { Alert, Button } from "@patternfly/react-core";
import { Dialog } from "../shared/Dialog";
import { useMessages } from "../shared/messages";
import { useAdmin } from "./AdminContext";
import { setAddress } from "./address";

interface Props {
  /** The server's reason. */
  reason: string;
  onClosed(): void;
}

/** The parts of the server's reason that this dialog says itself, or that are not meant for an administrator. */
const REDUNDANT = /^No tokens can be created now: | Ask an administrator\.$/g;

/** Explains that no token can be created, and who can change that. */
export function CreationOff({ reason, onClosed }: Props) {
  const { t } = useMessages();
  const { rights } = useAdmin();
  const openPolicy = () => {
    onClosed();
    setAddress(new URLSearchParams({ tab: "policy" }), false);
  };
  const actions = [
    <Button key="close" variant="primary" onClick={onClosed}>
      {t("apiTokensClose")}
    </Button>,
  ];
  if (rights.viewPolicy) {
    actions.push(
      <Button key="policy" id="open-policy" variant="link" onClick={openPolicy}>
        {t("apiTokensOpenPolicy")}
      </Button>,
    );
  }
  return (
    <Dialog
      className="qh-dialog"
      variant="medium"
      title={t("apiTokensCreateForClient")}
      aria-describedby="creation-off"
      isOpen
      onClose={onClosed}
      actions={actions}
    >
      <Alert isInline variant="warning" id="creation-off" title={t("apiTokensPolicyBroken")}>
        <p lang="en">{reason.replace(REDUNDANT, "")}</p>
        <p>{t(rights.changePolicy ? "apiTokensPolicyChangeable" : "apiTokensPolicyChanger")}</p>
      </Alert>
    </Dialog>
  );
}
