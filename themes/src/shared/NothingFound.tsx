import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
} from "@patternfly/react-core";
import SearchIcon from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { useMessages } from "./messages";

interface Props {
  /** The advice; by default for a search without results. */
  advice?: string;
  onShowAll(): void;
}

/** Reports that no token matches, and offers to show all tokens. */
export function NothingFound({ advice, onShowAll }: Props) {
  const { t } = useMessages();
  return (
    <EmptyState variant="sm">
      <EmptyStateHeader
        titleText={t("apiTokensNotFound")}
        headingLevel="h2"
        icon={<EmptyStateIcon icon={SearchIcon} />}
      />
      <EmptyStateBody>{advice ?? t("apiTokensNotFoundAdvice")}</EmptyStateBody>
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
