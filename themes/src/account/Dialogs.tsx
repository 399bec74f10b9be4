import { oneTimeToken } from "../shared/oneTimeToken";
import type { Session } from "../shared/session";
import { useStore } from "../shared/store";
import { draft } from "./draft";
import { OwnCreateDialog } from "./OwnCreateDialog";
import { RotateDialog } from "./RotateDialog";
import { rotation } from "./rotation";
import type { PolicyState } from "./usePolicy";

interface Props {
  session: Session;
  policy: PolicyState;
  /** Called when there is, or may be, a new token or a new secret. */
  onChanged(): void;
  onClosed(): void;
}

/** Whether one of these dialogs is open. */
export function useDialogOpen(policy: PolicyState): boolean {
  const stores = [useStore(draft), useStore(rotation), useStore(oneTimeToken)];
  return !!policy.rules && stores.some((value) => value !== undefined);
}

/** The open dialog: the form for a token or a new secret, or its result. */
export function Dialogs({ session, policy, onChanged, onClosed }: Props) {
  const form = useStore(draft);
  const chosen = useStore(rotation);
  const created = useStore(oneTimeToken);
  const { rules } = policy;
  if (!rules) {
    return null;
  }
  if (chosen || created?.oldUntil !== undefined) {
    return (
      <RotateDialog
        session={session}
        rules={rules}
        chosen={chosen}
        rotated={created}
        onChanged={onChanged}
        onFailed={policy.reload}
        onClosed={onClosed}
      />
    );
  }
  return form || created ? (
    <OwnCreateDialog
      session={session}
      rules={rules}
      form={form}
      created={created}
      onChanged={onChanged}
      onFailed={policy.reload}
      onClosed={onClosed}
    />
  ) : null;
}
