import { useState } from "react";
import type { LifetimeRules } from "../shared/lifetime";
import { oneTimeToken } from "../shared/oneTimeToken";
import { randomText } from "../shared/pkce";
import { asProblem, type Problem } from "../shared/problem";
import type { Session } from "../shared/session";
import { checkExpiry } from "../shared/validation";
import { isRenewal, keepRotation, type Rotation, requestOf, rotation } from "./rotation";
import { rotateToken } from "./tokensApi";

export interface Rotating {
  busy: boolean;
  /** The message key of the problem with the expiry. */
  mistake?: string;
  problem?: Problem;
  rotate(chosen: Rotation): Promise<void>;
}

/** Rotates a token and passes the new secret on to be shown once. */
export function useRotation(
  session: Session,
  rules: LifetimeRules,
  onRotated: () => void,
  onFailed: () => void,
): Rotating {
  const [busy, setBusy] = useState(false);
  const [mistake, setMistake] = useState<string>();
  const [problem, setProblem] = useState<Problem>();

  const rotate = async (chosen: Rotation) => {
    const wrong = checkExpiry(chosen, new Date(), rules);
    setMistake(wrong);
    setProblem(undefined);
    if (busy || wrong) {
      document.getElementById("api-token-date")?.focus();
      return;
    }
    setBusy(true);
    // The call may lead to a sign-in, which leaves the page.
    keepRotation(session.user, chosen);
    try {
      const rotated = await rotateToken(session, chosen.token.id, requestOf(chosen, new Date(), rules), chosen.key);
      const renewed = isRenewal(chosen.token);
      oneTimeToken.set({ ...rotated, oldUntil: rotated.previousSecretUntil ?? null, renewed });
      onRotated();
    } catch (thrown) {
      const found = asProblem(thrown);
      setProblem(found);
      if (found.isRepeated) {
        rotation.set({ ...chosen, key: randomText() });
      }
      onFailed();
    } finally {
      setBusy(false);
    }
  };
  return { busy, mistake, problem, rotate };
}
