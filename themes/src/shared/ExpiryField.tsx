import { FormGroup, TextInput } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { ChoiceSelect } from "./ChoiceSelect";
import { dateInputValue, exactTime } from "./dates";
import { FieldHelp } from "./FieldHelp";
import { useMessages } from "./messages";
import type { Draft, Expiry } from "./draft";
import { expiryOf } from "./validation";

interface Props {
  draft: Draft;
  error?: ReactNode;
  onChange(values: Partial<Draft>): void;
}

const DAYS = ["7", "30", "60", "90"] as const;

export function ExpiryField({ draft, error, onChange }: Props) {
  const { t, locale } = useMessages();
  const now = new Date();
  const choices: { value: Expiry; label: string }[] = [
    ...DAYS.map((days) => ({ value: days, label: t("apiTokensDays", { days }) })),
    { value: "date", label: t("apiTokensOnDate") },
    { value: "none", label: t("apiTokensNoExpiry") },
  ];
  const expiresAt = expiryOf(draft, now);
  return (
    <FormGroup label={t("apiTokensExpiry")} fieldId="api-token-expiry">
      <div className="qh-expiry">
        <ChoiceSelect
          id="api-token-expiry"
          label={t("apiTokensExpiry")}
          choices={choices}
          value={draft.expiry}
          onChange={(expiry) => onChange({ expiry })}
        />
        {draft.expiry === "date" && (
          <TextInput
            id="api-token-date"
            type="date"
            aria-label={t("apiTokensDate")}
            aria-describedby="api-token-expiry-help"
            min={dateInputValue(now)}
            value={draft.date}
            validated={error ? "error" : "default"}
            onChange={(_event, date) => onChange({ date })}
          />
        )}
      </div>
      <FieldHelp id="api-token-expiry-help" error={error}>
        {draft.expiry === "none" && t("apiTokensNoExpiryHelp")}
        {expiresAt && t("apiTokensExpiresAt", { time: exactTime(expiresAt, locale) })}
      </FieldHelp>
    </FormGroup>
  );
}
