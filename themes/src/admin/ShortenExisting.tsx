import { Alert, AlertActionLink } from "@patternfly/react-core";
import { useState } from "react";
import { useMessages } from "../shared/messages";
import { useLoaded } from "../shared/useLoaded";
import { useAdmin } from "./AdminContext";
import { refocus } from "./refocus";
import { ShortenDialog } from "./ShortenDialog";

interface Props {
  /** The maximum lifetime in effect, in days. */
  days: string;
  /** Called with the number of shortened tokens. */
  onShortened(tokens: number): void;
}

/** Reports tokens with a longer lifetime than allowed for new ones, and offers to shorten them. */
export function ShortenExisting({ days, onShortened }: Props) {
  const { t, count } = useMessages();
  const { api } = useAdmin();
  const [asking, setAsking] = useState(false);
  const found = useLoaded(0, days, () => api.shorten(true));
  if (found.value === 0) {
    return null;
  }
  return (
    <>
      <Alert
        isInline
        variant="info"
        id="tokens-living-longer"
        title={count("apiTokensLivingLonger", found.value)}
        actionLinks={
          <AlertActionLink id="shorten-tokens" onClick={() => setAsking(true)}>
            {t("apiTokensShorten")}
          </AlertActionLink>
        }
      >
        {t("apiTokensLivingLongerAdvice")}
      </Alert>
      {asking && (
        <ShortenDialog
          expected={found.value}
          days={days}
          onClosed={(tokens) => {
            setAsking(false);
            if (tokens !== undefined) {
              onShortened(tokens);
              found.reload();
            }
            refocus();
          }}
        />
      )}
    </>
  );
}
