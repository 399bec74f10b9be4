import { FormGroup, InputGroup, InputGroupItem, InputGroupText, Switch, TextInput } from "@patternfly/react-core";
import { FieldHelp } from "../shared/FieldHelp";
import { useMessages } from "../shared/messages";
import type { Rule } from "./policy";

interface Props {
  rule: Rule;
  value: string;
  isWrong: boolean;
  isDisabled: boolean;
  onChange(value: string): void;
}

/** The message keys of each rule's name and description. */
const TEXTS: Record<string, { label: string; help: string }> = {
  maxLifetimeDays: { label: "apiTokensMaxLifetime", help: "apiTokensMaxLifetimeHelp" },
  defaultLifetimeDays: { label: "apiTokensDefaultLifetime", help: "apiTokensDefaultLifetimeHelp" },
  reauthenticateSeconds: { label: "apiTokensReauthenticate", help: "apiTokensReauthenticateHelp" },
  allowedClients: { label: "apiTokensAllowedClients", help: "apiTokensAllowedClientsHelp" },
  organizationRequired: { label: "apiTokensOrganizationRequired", help: "apiTokensOrganizationRequiredHelp" },
  idleDays: { label: "apiTokensIdle", help: "apiTokensIdleHelp" },
  revokeOnPasswordChange: { label: "apiTokensOnPasswordChange", help: "apiTokensOnPasswordChangeHelp" },
  revokeOnLogoutAll: { label: "apiTokensOnLogoutAll", help: "apiTokensOnLogoutAllHelp" },
  keepInactiveDays: { label: "apiTokensKeepInactive", help: "apiTokensKeepInactiveHelp" },
  recordAddress: { label: "apiTokensRecordAddress", help: "apiTokensRecordAddressHelp" },
  notices: { label: "apiTokensNotices", help: "apiTokensNoticesHelp" },
};

export function PolicyField({ rule, value, isWrong, isDisabled, onChange }: Props) {
  const { t } = useMessages();
  const id = `policy-${rule.name}`;
  const { label, help } = TEXTS[rule.name] ?? { label: rule.name, help: rule.name };
  return (
    <FormGroup label={t(label)} fieldId={id}>
      {rule.kind === "flag" ? (
        <Switch
          id={id}
          aria-label={t(label)}
          label={t("apiTokensOn")}
          labelOff={t("apiTokensOff")}
          isChecked={value === "true" || (value !== "false" && rule.usual)}
          isDisabled={isDisabled}
          onChange={(_event, checked) => onChange(String(checked))}
        />
      ) : (
        <InputGroup>
          <InputGroupItem isFill>
            <TextInput
              id={id}
              autoComplete="off"
              inputMode={rule.kind === "number" ? "numeric" : "text"}
              value={value}
              placeholder={rule.usual === undefined ? t("apiTokensUnlimited") : String(rule.usual)}
              validated={isWrong ? "error" : "default"}
              isDisabled={isDisabled}
              aria-describedby={`${id}-help`}
              onChange={(_event, text) => onChange(text)}
            />
          </InputGroupItem>
          {rule.kind === "number" && (
            <InputGroupText>{t(rule.unit === "days" ? "apiTokensUnitDays" : "apiTokensUnitSeconds")}</InputGroupText>
          )}
        </InputGroup>
      )}
      <FieldHelp id={`${id}-help`} error={isWrong && wrong()}>
        {t(help)}
      </FieldHelp>
    </FormGroup>
  );

  function wrong(): string {
    return rule.kind === "number"
      ? t("apiTokensNotANumber", { least: rule.least, value })
      : t("apiTokensNotAFlag", { value });
  }
}
