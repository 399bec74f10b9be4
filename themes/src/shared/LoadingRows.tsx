import { Skeleton } from "@patternfly/react-core";
import { useMessages } from "./messages";

const ROWS = [1, 2, 3, 4, 5];

/** The place of a list until it is loaded for the first time. */
export function LoadingRows() {
  const { t } = useMessages();
  return (
    <div className="qh-loading" role="status" aria-label={t("apiTokensWorking")}>
      {ROWS.map((row) => (
        <Skeleton key={row} height="2rem" />
      ))}
    </div>
  );
}
