import { FormGroup, TextInput } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { FieldHelp } from "./FieldHelp";
import { useMessages } from "./messages";

interface Props {
  value: string;
  error?: ReactNode;
  onChange(name: string): void;
}

export function NameField({ value, error, onChange }: Props) {
  const { t } = useMessages();
  return (
    <FormGroup label={t("apiTokensName")} isRequired fieldId="api-token-name">
      <TextInput
        id="api-token-name"
        isRequired
        autoComplete="off"
        dir="auto"
        value={value}
        validated={error ? "error" : "default"}
        aria-describedby="api-token-name-help"
        onChange={(_event, name) => onChange(name)}
      />
      <FieldHelp id="api-token-name-help" error={error}>
        {t("apiTokensNameHelp")}
      </FieldHelp>
    </FormGroup>
  );
}
