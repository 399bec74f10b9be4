import { Alert, Form, FormGroup, Text, TextContent } from "@patternfly/react-core";
import { ChoiceSelect } from "../shared/ChoiceSelect";
import { exactTime } from "../shared/dates";
import { ExpiryField } from "../shared/ExpiryField";
import { FieldHelp } from "../shared/FieldHelp";
import { type LifetimeRules, mayKeep } from "../shared/lifetime";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { RevokeNames } from "../shared/RevokeNames";
import type { Session } from "../shared/session";
import { OVERLAP_HOURS, overlapEnd, type Rotation } from "./rotation";
import type { Rotating } from "./useRotation";

interface Props {
  session: Session;
  rules: LifetimeRules;
  chosen: Rotation;
  rotating: Rotating;
  onChange(values: Partial<Rotation>): void;
}

/** The overlap of the old secret and the new expiry; explains when the old secret stops working. */
export function RotateForm({ session, rules, chosen, rotating, onChange }: Props) {
  const { t, count, locale } = useMessages();
  const { mistake, problem } = rotating;
  const { token, overlap } = chosen;
  const rotate = () => void rotating.rotate(chosen);
  const end = overlapEnd(chosen, new Date());
  return (
    <Form
      id="rotate-api-token-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        rotate();
      }}
    >
      {chosen.kept && !problem && <Alert isInline variant="info" title={t("apiTokensRotationKept")} />}
      {problem?.isRepeated ? (
        <Alert isInline isLiveRegion variant="warning" title={t("apiTokensRotationRepeated")}>
          {t("apiTokensRotationRepeatedAdvice")}
        </Alert>
      ) : (
        problem && <ProblemAlert problem={problem} session={session} onRetry={rotate} />
      )}
      {problem?.isOutcomeUnknown && <Alert isInline isLiveRegion variant="info" title={t("apiTokensRotationLost")} />}
      <div>
        <RevokeNames tokens={[token]} />
        <TextContent>
          <Text component="p">{t("apiTokensRotateHelp")}</Text>
        </TextContent>
      </div>
      <FormGroup label={t("apiTokensOldToken")} fieldId="api-token-overlap">
        <ChoiceSelect
          id="api-token-overlap"
          label={t("apiTokensOldToken")}
          choices={OVERLAP_HOURS.map((hours) => ({
            value: hours,
            label: hours === "0" ? t("apiTokensOldStops") : count("apiTokensOldWorks", Number(hours)),
          }))}
          value={overlap}
          onChange={(hours) => onChange({ overlap: hours })}
        />
        <FieldHelp id="api-token-overlap-help">
          {end ? t("apiTokensRotateOverlap", { time: exactTime(end, locale) }) : t("apiTokensRotateAtOnce")}
        </FieldHelp>
      </FormGroup>
      <ExpiryField
        choice={chosen}
        rules={rules}
        current={mayKeep(token.expiresAt, rules) ? token.expiresAt : undefined}
        mistake={mistake}
        onChange={onChange}
      />
    </Form>
  );
}
