import { Button } from "@patternfly/react-core";
import { exactTime, shortTime } from "../shared/dates";
import { useMessages } from "../shared/messages";
import type { ApiToken } from "../shared/tokens";

/** Until when the secret before the last rotation works; nothing if it does not work. */
export function PreviousSecret({ token, onEnd }: { token: ApiToken; onEnd(): void }) {
  const { t, locale } = useMessages();
  const { name, status, previousSecretUntil } = token;
  if (!previousSecretUntil || status !== "active") {
    return null;
  }
  const until = new Date(previousSecretUntil);
  return (
    <div className="qh-previous">
      <span title={exactTime(until, locale)}>{t("apiTokensPreviousUntil", { time: shortTime(until, locale) })}</span>{" "}
      <Button variant="link" isInline onClick={onEnd} aria-label={t("apiTokensPreviousEndNamed", { name })}>
        {t("apiTokensPreviousEnd")}
      </Button>
    </div>
  );
}
