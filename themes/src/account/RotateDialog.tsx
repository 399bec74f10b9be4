import { Button } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import { OnceDialog } from "../shared/OnceDialog";
import { oneTimeToken } from "../shared/oneTimeToken";
import { RevokeNames } from "../shared/RevokeNames";
import type { CreationRules } from "../shared/scopes";
import type { Session } from "../shared/session";
import type { CreatedToken } from "../shared/tokens";
import { RotateForm } from "./RotateForm";
import { RotationRefused } from "./RotationRefused";
import { closeRotation, isRenewal, obstaclesTo, type Rotation, rotation, settledRotation } from "./rotation";
import { useRotation } from "./useRotation";

interface Props {
  session: Session;
  rules: CreationRules;
  chosen?: Rotation;
  rotated?: CreatedToken;
  /** Called when the token has, or may have, a new secret. */
  onChanged(): void;
  onFailed(): void;
  onClosed(): void;
}

/** Replaces the secret of one of the user's tokens. */
export function RotateDialog({ session, rules, chosen, rotated, onChanged, onFailed, onClosed }: Props) {
  const { t } = useMessages();
  const done = () => {
    closeRotation();
    onChanged();
  };
  const rotating = useRotation(session, rules, done, () => {
    onFailed();
    // The token may have been rotated anyway, or have been revoked elsewhere.
    onChanged();
  });
  const close = () => {
    closeRotation();
    oneTimeToken.set(undefined);
    onClosed();
  };
  const renewal = !!chosen && isRenewal(chosen.token);
  const obstacles = chosen && obstaclesTo(chosen.token, rules);
  const buttons = (
    <>
      {!obstacles && (
        <Button
          id="confirm-rotate"
          type="submit"
          form="rotate-api-token-form"
          variant="primary"
          isDisabled={rotating.busy}
          isLoading={rotating.busy}
          spinnerAriaValueText={t("apiTokensWorking")}
        >
          {t(renewal ? "apiTokensRenew" : "apiTokensRotate")}
        </Button>
      )}
      <Button variant="link" isDisabled={rotating.busy} onClick={close}>
        {t("apiTokensCancel")}
      </Button>
    </>
  );
  return (
    <OnceDialog
      title={t(renewal ? "apiTokensRenewQuestion" : "apiTokensRotateQuestion")}
      created={rotated}
      busy={rotating.busy}
      firstField={renewal ? "api-token-expiry" : "api-token-overlap"}
      buttons={buttons}
      onClose={close}
    >
      {chosen && obstacles && (
        <>
          <RevokeNames tokens={[chosen.token]} />
          <RotationRefused token={chosen.token} obstacles={obstacles} />
        </>
      )}
      {chosen && !obstacles && (
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
