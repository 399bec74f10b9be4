import { FormHelperText, HelperText, HelperTextItem } from "@patternfly/react-core";
import ExclamationCircleIcon from "@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon";
import type { ReactNode } from "react";

interface Props {
  /** The ID that the field references in aria-describedby. */
  id: string;
  error?: ReactNode;
  children?: ReactNode;
}

/** The error of a field, or its help text. */
export function FieldHelp({ id, error, children }: Props) {
  return (
    <FormHelperText>
      <HelperText id={id} className="qh-help" aria-live="polite">
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
