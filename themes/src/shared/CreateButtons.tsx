import { Button } from "@patternfly/react-core";
import { useMessages } from "./messages";

export function CreateButtons({ busy, onCancel }: { busy: boolean; onCancel(): void }) {
  const { t } = useMessages();
  return (
    <>
      <Button
        variant="primary"
        type="submit"
        form="create-api-token-form"
        isDisabled={busy}
        isLoading={busy}
        spinnerAriaValueText={t("apiTokensWorking")}
      >
        {t("apiTokensCreateShort")}
      </Button>
      <Button variant="link" isDisabled={busy} onClick={onCancel}>
        {t("apiTokensCancel")}
      </Button>
    </>
  );
}
