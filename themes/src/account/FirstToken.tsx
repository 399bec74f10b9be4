import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
} from "@patternfly/react-core";
import KeyIcon from "@patternfly/react-icons/dist/esm/icons/key-icon";
import { useMessages } from "../shared/messages";

/** Explains the purpose of tokens to a user who has never created one. */
export function FirstToken({ mayCreate, onCreate }: { mayCreate: boolean; onCreate(): void }) {
  const { t } = useMessages();
  return (
    <EmptyState variant="lg">
      <EmptyStateHeader titleText={t("apiTokensNone")} headingLevel="h2" icon={<EmptyStateIcon icon={KeyIcon} />} />
      <EmptyStateBody>{t("apiTokensNonePurpose")}</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button id="create-api-token" variant="primary" isDisabled={!mayCreate} onClick={onCreate}>
            {t("apiTokensCreate")}
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
