import { Alert, FormGroup, TextInput } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { type Choice, ChoiceSelect } from "./ChoiceSelect";
import { dateInputValue, exactDate, exactTime } from "./dates";
import type { Expiry, ExpiryChoice } from "./draft";
import { FieldHelp } from "./FieldHelp";
import { daysOnOffer, type LifetimeRules } from "./lifetime";
import { useMessages } from "./messages";
import { expiryOf } from "./validation";

interface Props {
  choice: ExpiryChoice;
  rules: LifetimeRules;
  /** The expiry that can be kept, null for no expiry; undefined for a new token. */
  current?: string | null;
  /** The number of days, or "none", that was chosen, but is not on offer. */
  notOffered?: Expiry;
  /** The message key of the problem with the choice. */
  mistake?: string;
  /** The server's error message about the field. */
  refusal?: ReactNode;
  onChange(values: Partial<ExpiryChoice>): void;
}

/** The expiry of a token, within the limits of the realm. */
export function ExpiryField({ choice, rules, current, notOffered, mistake, refusal, onChange }: Props) {
  const { t, count, locale } = useMessages();
  const now = new Date();
  const inDays = (days: number) => (days === 1 ? t("apiTokensOneDay") : t("apiTokensDays", { days }));
  const choices: Choice<Expiry>[] = [
    ...(current === undefined ? [] : [{ value: "keep" as const, label: t("apiTokensExpiryKept") }]),
    ...daysOnOffer(rules, choice).map((days) => ({ value: `${days}` as const, label: inDays(days) })),
    { value: "date", label: t("apiTokensOnDate") },
    ...(rules.maxLifetimeDays === null ? [{ value: "none" as const, label: t("apiTokensNoExpiry") }] : []),
  ];
  const kept = choice.expiry === "keep" && current ? new Date(current) : undefined;
  const expiresAt = kept ?? expiryOf(choice, now, rules);
  const latest = rules.latestExpiry ? new Date(rules.latestExpiry) : undefined;
  const error = mistake ? t(mistake, { date: latest ? exactDate(latest, locale) : "" }) : refusal;
  return (
    <FormGroup label={t("apiTokensExpiry")} fieldId="api-token-expiry">
      {notOffered && (
        <Alert
          isInline
          isPlain
          variant="warning"
          className="qh-not-offered"
          title={t("apiTokensExpiryNotOffered", {
            expiry: notOffered === "none" ? t("apiTokensNoExpiry") : inDays(Number(notOffered)),
          })}
        />
      )}
      <div className="qh-expiry">
        <ChoiceSelect
          id="api-token-expiry"
          label={t("apiTokensExpiry")}
          choices={choices}
          value={choice.expiry}
          onChange={(expiry) => onChange({ expiry })}
        />
        {choice.expiry === "date" && (
          <TextInput
            id="api-token-date"
            type="date"
            aria-label={t("apiTokensDate")}
            aria-describedby="api-token-expiry-help"
            min={dateInputValue(now)}
            max={latest && dateInputValue(latest)}
            value={choice.date}
            validated={error ? "error" : "default"}
            onChange={(_event, date) => onChange({ date })}
          />
        )}
      </div>
      <FieldHelp id="api-token-expiry-help" error={error}>
        {help()}
      </FieldHelp>
    </FormGroup>
  );

  function help(): string {
    const limit = rules.maxLifetimeDays === null ? [] : [count("apiTokensLongestLife", rules.maxLifetimeDays)];
    const end = expiresAt ? [t("apiTokensExpiresAt", { time: exactTime(expiresAt, locale) })] : [];
    const endless = !expiresAt && choice.expiry !== "date" ? [t("apiTokensNoExpiryHelp")] : [];
    return [...end, ...endless, ...limit].join(" ");
  }
}
