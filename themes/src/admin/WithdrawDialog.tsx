import { Button, Modal, Text, TextContent } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import type { AdminScope } from "./adminApi";

interface Props {
  scope: AdminScope;
  onConfirmed(): void;
  onClosed(): void;
}

/** Asks before tokens lose a scope. */
export function WithdrawDialog({ scope, onConfirmed, onClosed }: Props) {
  const { t, count } = useMessages();
  const { name, tokens } = scope;
  return (
    <Modal
      variant="small"
      title={t("apiTokensWithdrawQuestion", { name })}
      titleIconVariant="warning"
      titleLabel={t("apiTokensWarning")}
      aria-describedby="withdraw-consequence"
      isOpen
      onClose={onClosed}
      actions={[
        <Button key="withdraw" id="confirm-withdraw" variant="danger" onClick={onConfirmed}>
          {t("apiTokensWithdraw")}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClosed}>
          {t("apiTokensCancel")}
        </Button>,
      ]}
    >
      <TextContent id="withdraw-consequence">
        {tokens !== null && <Text component="p">{count("apiTokensWithdrawTokens", tokens)}</Text>}
        <Text component="p">{t("apiTokensWithdrawConsequence")}</Text>
      </TextContent>
    </Modal>
  );
}
