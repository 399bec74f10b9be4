import { FormGroup } from "@patternfly/react-core";
import { ChoiceSelect } from "../shared/ChoiceSelect";
import { exactTime } from "../shared/dates";
import { FieldHelp } from "../shared/FieldHelp";
import { useMessages } from "../shared/messages";
import { OVERLAP_HOURS, overlapEnd, type Rotation } from "./rotation";

interface Props {
  chosen: Rotation;
  onChange(values: Partial<Rotation>): void;
}

/** How long the old secret works, and what happens then. */
export function OverlapField({ chosen, onChange }: Props) {
  const { t, count, locale } = useMessages();
  const { overlap } = chosen;
  const end = overlapEnd(chosen, new Date());
  return (
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
  );
}
