import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, EmptyStateHeader, EmptyStateIcon } from "@patternfly/react-core";
import SearchIcon from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { useMessages } from "./messages";

/** No token matches; the way on is to look at all of them. */
export function NothingFound({ onShowAll }: { onShowAll(): void }) {
  const { t } = useMessages();
  return (
    <EmptyState variant="sm">
      <EmptyStateHeader titleText={t("apiTokensNotFound")} headingLevel="h2" icon={<EmptyStateIcon icon={SearchIcon} />} />
      <EmptyStateBody>{t("apiTokensNotFoundAdvice")}</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button variant="link" onClick={onShowAll}>
            {t("apiTokensShowAll")}
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
