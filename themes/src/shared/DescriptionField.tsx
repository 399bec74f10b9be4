import { FormGroup, TextArea } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { FieldHelp } from "./FieldHelp";
import { useMessages } from "./messages";
import { descriptionError } from "./tokenName";

interface Props {
  value: string;
  error?: ReactNode;
  onChange(description: string): void;
}

/** What an owner notes about a token, in several lines. */
export function DescriptionField({ value, error, onChange }: Props) {
  const { t } = useMessages();
  // A pasted token is reported immediately, other problems when the form is submitted.
  const secret = descriptionError(value) === "apiTokensDescriptionSecret" && t("apiTokensDescriptionSecret");
  const problem = secret || error;
  return (
    <FormGroup label={t("apiTokensDescriptionLabel")} fieldId="api-token-description">
      <TextArea
        id="api-token-description"
        dir="auto"
        rows={2}
        resizeOrientation="vertical"
        value={value}
        validated={problem ? "error" : "default"}
        aria-describedby="api-token-description-help"
        onChange={(_event, description) => onChange(description)}
      />
      <FieldHelp id="api-token-description-help" error={problem}>
        {t("apiTokensDescriptionHelp")}
      </FieldHelp>
    </FormGroup>
  );
}
