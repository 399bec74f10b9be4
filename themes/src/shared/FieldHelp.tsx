import { FormHelperText, HelperText, HelperTextItem } from "@patternfly/react-core";
import ExclamationCircleIcon from "@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon";
import type { ReactNode } from "react";

interface Props {
  /** What the field names in aria-describedby. */
  id: string;
  error?: ReactNode;
  children?: ReactNode;
}

/** What is wrong with a field, or else what helps to fill it in. */
export function FieldHelp({ id, error, children }: Props) {
  return (
    <FormHelperText>
      <HelperText id={id} aria-live="polite">
        {error ? (
          <HelperTextItem variant="error" icon={<ExclamationCircleIcon />}>
            {error}
          </HelperTextItem>
        ) : (
          children && <HelperTextItem>{children}</HelperTextItem>
        )}
      </HelperText>
    </FormHelperText>
  );
}
