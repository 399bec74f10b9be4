import { Button, Text, TextContent } from "@patternfly/react-core";
import { Dialog } from "../shared/Dialog";
import { useMessages } from "../shared/messages";
import type { AdminScope } from "./adminApi";
import { replacesBuiltIn } from "./scopes";

interface Props {
  scope: AdminScope;
  /** How many tokens have the scope now; null if the admin may not know. */
  tokens: number | null;
  onConfirmed(): void;
  onClosed(): void;
}

const WITHDRAW = {
  question: "apiTokensWithdrawQuestion",
  consequence: "apiTokensWithdrawConsequence",
  button: "apiTokensWithdraw",
};
const REPLACE = {
  question: "apiTokensReplaceQuestion",
  consequence: "apiTokensReplaceConsequence",
  button: "apiTokensReplace",
};
const RESTORE = {
  question: "apiTokensRestoreQuestion",
  consequence: "apiTokensRestoreConsequence",
  button: "apiTokensRestore",
};

/** Asks before the switch of a scope changes what tokens can be used for. */
export function SwitchDialog({ scope, tokens, onConfirmed, onClosed }: Props) {
  const { t, count } = useMessages();
  const { name, grantable } = scope;
  const { question, consequence, button } = grantable ? (replacesBuiltIn(scope) ? RESTORE : WITHDRAW) : REPLACE;
  return (
    <Dialog
      className="qh-dialog"
      variant="small"
      title={t(question, { name })}
      titleIconVariant="warning"
      titleLabel={t("apiTokensWarning")}
      aria-describedby="switch-consequence"
      isOpen
      onClose={onClosed}
      actions={[
        <Button key="switch" id="confirm-switch" variant="danger" onClick={onConfirmed}>
          {t(button)}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClosed}>
          {t("apiTokensCancel")}
        </Button>,
      ]}
    >
      <TextContent id="switch-consequence">
        {tokens !== null && <Text component="p">{count("apiTokensWithdrawTokens", tokens)}</Text>}
        <Text component="p">{t(consequence)}</Text>
      </TextContent>
    </Dialog>
  );
}
