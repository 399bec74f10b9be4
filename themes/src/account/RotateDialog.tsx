import { Button } from "@patternfly/react-core";
import type { LifetimeRules } from "../shared/lifetime";
import { useMessages } from "../shared/messages";
import { OnceDialog } from "../shared/OnceDialog";
import { oneTimeToken } from "../shared/oneTimeToken";
import type { Session } from "../shared/session";
import type { CreatedToken } from "../shared/tokens";
import { RotateForm } from "./RotateForm";
import { closeRotation, type Rotation, rotation, settledRotation } from "./rotation";
import { useRotation } from "./useRotation";

interface Props {
  session: Session;
  rules: LifetimeRules;
  chosen?: Rotation;
  rotated?: CreatedToken;
  onRotated(): void;
  onFailed(): void;
  onClosed(): void;
}

/** Replaces the secret of one of the user's tokens. */
export function RotateDialog({ session, rules, chosen, rotated, onRotated, onFailed, onClosed }: Props) {
  const { t } = useMessages();
  const done = () => {
    closeRotation();
    onRotated();
  };
  const rotating = useRotation(session, rules, done, onFailed);
  const close = () => {
    closeRotation();
    oneTimeToken.set(undefined);
    onClosed();
  };
  const buttons = (
    <>
      <Button
        id="confirm-rotate"
        type="submit"
        form="rotate-api-token-form"
        variant="primary"
        isDisabled={rotating.busy}
        isLoading={rotating.busy}
        spinnerAriaValueText={t("apiTokensWorking")}
      >
        {t("apiTokensRotate")}
      </Button>
      <Button variant="link" onClick={close}>
        {t("apiTokensCancel")}
      </Button>
    </>
  );
  return (
    <OnceDialog
      title={t("apiTokensRotateQuestion")}
      created={rotated}
      firstField="api-token-overlap"
      buttons={buttons}
      onClose={close}
    >
      {chosen && (
        <RotateForm
          session={session}
          rules={rules}
          chosen={settledRotation(chosen, rules)}
          rotating={rotating}
          onChange={(values) => rotation.set({ ...chosen, ...values })}
        />
      )}
    </OnceDialog>
  );
}
