import { type ReactElement, useState } from "react";
import { EndPreviousDialog } from "../shared/EndPreviousDialog";
import { useMessages } from "../shared/messages";
import type { Session } from "../shared/session";
import type { ApiToken } from "../shared/tokens";
import { RevokeDialog } from "./RevokeDialog";
import type { TokenActions } from "./tokenActions";
import { endPreviousSecret } from "./tokensApi";

interface Outcome {
  /** Called when tokens have, or may have, changed. */
  onChanged(): void;
  /** Called with a short text about what was done. */
  onDone(text: string): void;
  onClosed(): void;
}

export interface Confirmations extends Pick<TokenActions, "revoke" | "endPrevious"> {
  isOpen: boolean;
  element: ReactElement;
}

/** The actions that are confirmed in a dialog first. */
export function useConfirmations(session: Session, { onChanged, onDone, onClosed }: Outcome): Confirmations {
  const { t, count } = useMessages();
  const [revoking, setRevoking] = useState<ApiToken[]>([]);
  const [ending, setEnding] = useState<ApiToken>();

  const close = (done?: string) => {
    setRevoking([]);
    setEnding(undefined);
    if (done) {
      onDone(done);
      onChanged();
    }
    onClosed();
  };

  const element = (
    <>
      {revoking.length > 0 && (
        <RevokeDialog
          session={session}
          tokens={revoking}
          onFailed={onChanged}
          onClosed={(revoked) => close(revokedText(revoked))}
        />
      )}
      {ending && (
        <EndPreviousDialog
          session={session}
          token={ending}
          end={() => endPreviousSecret(session, ending.id)}
          onEnded={() => close(t("apiTokensPreviousEnded", { name: ending.name }))}
          onFailed={onChanged}
          onClosed={() => close()}
        />
      )}
    </>
  );
  return { revoke: setRevoking, endPrevious: setEnding, isOpen: revoking.length > 0 || ending !== undefined, element };

  function revokedText([first, ...others]: ApiToken[]): string | undefined {
    if (!first) {
      return undefined;
    }
    return others.length === 0
      ? t("apiTokensRevokedOne", { name: first.name })
      : count("apiTokensRevokedNow", others.length + 1);
  }
}
