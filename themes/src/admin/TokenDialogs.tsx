import { EndPreviousDialog } from "../shared/EndPreviousDialog";
import { useMessages } from "../shared/messages";
import { oneTimeToken } from "../shared/oneTimeToken";
import { useStore } from "../shared/store";
import { useAdmin } from "./AdminContext";
import type { AdminToken } from "./adminApi";
import { ClientCreateDialog } from "./ClientCreateDialog";
import { RevocationDialog } from "./RevocationDialog";
import { refocus } from "./refocus";
import type { Revocation } from "./revocation";
import { TokenDetails } from "./TokenDetails";

/** The dialog that is open. */
export type OpenDialog =
  | { kind: "details" | "endPrevious"; token: AdminToken }
  | { kind: "revocation"; revocation: Revocation }
  | { kind: "creation" };

interface Props {
  open?: OpenDialog;
  onOpen(dialog: OpenDialog | undefined): void;
  /** Called when the list may have changed. */
  onChanged(): void;
  /** Called with a sentence about what was done. */
  onDone(text: string): void;
}

/** The dialogs of the list: the details of a token, and what can be done with tokens. */
export function TokenDialogs({ open, onOpen, onChanged, onDone }: Props) {
  const { t, count } = useMessages();
  const { api } = useAdmin();
  const created = useStore(oneTimeToken);
  const close = () => {
    onOpen(undefined);
    refocus();
  };
  if (open?.kind === "details") {
    const { token } = open;
    return (
      <TokenDetails
        token={token}
        onRevoke={() => onOpen({ kind: "revocation", revocation: { kind: "tokens", tokens: [token] } })}
        onEndPrevious={() => onOpen({ kind: "endPrevious", token })}
        onClose={() => onOpen(undefined)}
      />
    );
  }
  if (open?.kind === "endPrevious") {
    const { id, name } = open.token;
    return (
      <EndPreviousDialog
        session={api.session}
        token={open.token}
        end={() => api.endPreviousSecret(id)}
        onEnded={() => {
          onDone(t("apiTokensPreviousEnded", { name }));
          onChanged();
          close();
        }}
        onFailed={onChanged}
        onClosed={close}
      />
    );
  }
  if (open?.kind === "revocation") {
    return (
      <RevocationDialog
        revocation={open.revocation}
        onClosed={(revoked) => {
          if (revoked) {
            onDone(count("apiTokensRevokedNow", revoked));
          }
          if (revoked !== undefined) {
            onChanged();
          }
          close();
        }}
      />
    );
  }
  return open || created ? <ClientCreateDialog created={created} onChanged={onChanged} onClosed={close} /> : null;
}
