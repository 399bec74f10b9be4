import { useMessages } from "../shared/messages";
import { oneTimeToken } from "../shared/oneTimeToken";
import type { Session } from "../shared/session";
import { useStore } from "../shared/store";
import { draft } from "./draft";
import { EditDialog } from "./EditDialog";
import { edit } from "./edit";
import { OwnCreateDialog } from "./OwnCreateDialog";
import { RotateDialog } from "./RotateDialog";
import { rotation } from "./rotation";
import type { PolicyState } from "./usePolicy";

interface Props {
  session: Session;
  policy: PolicyState;
  /** Called when there is, or may be, a new token or a new secret. */
  onChanged(): void;
  /** Called with a short text about what was done. */
  onDone(text: string): void;
  onClosed(): void;
}

/** Whether one of these dialogs is open. */
export function useDialogOpen(policy: PolicyState): boolean {
  const stores = [useStore(draft), useStore(rotation), useStore(edit), useStore(oneTimeToken)];
  return !!policy.rules && stores.some((value) => value !== undefined);
}

/** The open dialog: the form for a token or a new secret, or its result, or the form that edits a token. */
export function Dialogs({ session, policy, onChanged, onDone, onClosed }: Props) {
  const { t } = useMessages();
  const form = useStore(draft);
  const chosen = useStore(rotation);
  const edited = useStore(edit);
  const created = useStore(oneTimeToken);
  const { rules } = policy;
  if (!rules) {
    return null;
  }
  if (edited) {
    return (
      <EditDialog
        session={session}
        rules={rules}
        content={edited}
        onSaved={(name) => {
          onDone(t("apiTokensEdited", { name }));
          onChanged();
        }}
        onFailed={() => {
          policy.reload();
          // The token may have been revoked elsewhere.
          onChanged();
        }}
        onClosed={onClosed}
      />
    );
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
