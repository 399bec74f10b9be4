import { Button, Modal, Text, TextContent } from "@patternfly/react-core";
import { useState } from "react";
import { exactTime } from "../shared/dates";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { asProblem, type Problem } from "../shared/problem";
import { useAdmin } from "./AdminContext";

interface Props {
  expected: number;
  days: string;
  /** Is given how many tokens were shortened; nothing where none was tried. */
  onClosed(shortened?: number): void;
}

/** Says what becomes of tokens that live longer than new ones may, asks, and has them shortened. */
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
    <Modal
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
    </Modal>
  );
}
