import { Button, Text, TextContent } from "@patternfly/react-core";
import { useState } from "react";
import { Dialog } from "../shared/Dialog";
import { exactTime } from "../shared/dates";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { asProblem, type Problem } from "../shared/problem";
import { useAdmin } from "./AdminContext";

interface Props {
  expected: number;
  days: string;
  /** Called with the number of shortened tokens; undefined if nothing was attempted. */
  onClosed(shortened?: number): void;
}

/** Explains the effect on tokens with a longer lifetime than allowed for new ones, and shortens them after confirmation. */
export function ShortenDialog({ expected, days, onClosed }: Props) {
  const { t, count, locale } = useMessages();
  const { api } = useAdmin();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const end = exactTime(new Date(Date.now() + Number(days) * 86_400_000), locale);

  const shorten = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      onClosed(await api.shorten(false));
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };

  return (
    <Dialog
      className="qh-dialog"
      variant="small"
      title={count("apiTokensShortenQuestion", expected)}
      titleIconVariant="warning"
      titleLabel={t("apiTokensWarning")}
      aria-describedby="shorten-consequence"
      isOpen
      onClose={() => !busy && onClosed()}
      actions={[
        <Button
          key="shorten"
          id="confirm-shorten"
          variant="danger"
          onClick={() => void shorten()}
          isDisabled={busy}
          isLoading={busy}
          spinnerAriaValueText={t("apiTokensWorking")}
        >
          {t("apiTokensShorten")}
        </Button>,
        <Button key="cancel" variant="link" onClick={() => onClosed()} isDisabled={busy}>
          {t("apiTokensCancel")}
        </Button>,
      ]}
    >
      {problem && <ProblemAlert problem={problem} session={api.session} onRetry={() => void shorten()} />}
      <TextContent id="shorten-consequence">
        <Text component="p">{t("apiTokensShortenConsequence", { time: end })}</Text>
      </TextContent>
    </Dialog>
  );
}
