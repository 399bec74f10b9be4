import { FormGroup, TextInput } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { FieldHelp } from "./FieldHelp";
import { useMessages } from "./messages";
import { nameError } from "./tokenName";

interface Props {
  value: string;
  error?: ReactNode;
  onChange(name: string): void;
}

export function NameField({ value, error, onChange }: Props) {
  const { t } = useMessages();
  // A pasted token is reported immediately, other problems when the form is submitted.
  const secret = nameError(value) === "apiTokensNameSecret" && t("apiTokensNameSecret");
  const problem = secret || error;
  return (
    <FormGroup label={t("apiTokensName")} isRequired fieldId="api-token-name">
      <TextInput
        id="api-token-name"
        isRequired
        autoComplete="off"
        dir="auto"
        value={value}
        validated={problem ? "error" : "default"}
        aria-describedby="api-token-name-help"
        onChange={(_event, name) => onChange(name)}
      />
      <FieldHelp id="api-token-name-help" error={problem}>
        {t("apiTokensNameHelp")}
      </FieldHelp>
    </FormGroup>
  );
}
