import { FormGroup, InputGroup, InputGroupItem, InputGroupText, Switch } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { FieldHelp } from "../shared/FieldHelp";
import { useMessages } from "../shared/messages";
import { NetworksArea } from "../shared/NetworksArea";
import { Suggestions } from "../shared/Suggestions";
import { TextField } from "../shared/TextField";
import { useAdmin } from "./AdminContext";
import type { Rule } from "./policy";

interface Props {
  rule: Rule;
  value: string;
  /** Why the form does not accept the value. */
  mistake?: ReactNode;
  isDisabled: boolean;
  onChange(value: string): void;
}

/** The message keys of each rule's name and description. */
const TEXTS: Record<string, { label: string; help: string }> = {
  maxLifetimeDays: { label: "apiTokensMaxLifetime", help: "apiTokensMaxLifetimeHelp" },
  defaultLifetimeDays: { label: "apiTokensDefaultLifetime", help: "apiTokensDefaultLifetimeHelp" },
  reauthenticateSeconds: { label: "apiTokensReauthenticate", help: "apiTokensReauthenticateHelp" },
  allowedClients: { label: "apiTokensAllowedClients", help: "apiTokensAllowedClientsHelp" },
  helpUrl: { label: "apiTokensHelpUrl", help: "apiTokensHelpUrlHelp" },
  organizationRequired: { label: "apiTokensOrganizationRequired", help: "apiTokensOrganizationRequiredHelp" },
  allowedNetworks: { label: "apiTokensNetworks", help: "apiTokensRealmNetworksHelp" },
  idleDays: { label: "apiTokensIdle", help: "apiTokensIdleHelp" },
  revokeOnPasswordChange: { label: "apiTokensOnPasswordChange", help: "apiTokensOnPasswordChangeHelp" },
  revokeOnLogoutAll: { label: "apiTokensOnLogoutAll", help: "apiTokensOnLogoutAllHelp" },
  keepInactiveDays: { label: "apiTokensKeepInactive", help: "apiTokensKeepInactiveHelp" },
  recordAddress: { label: "apiTokensRecordAddress", help: "apiTokensRecordAddressHelp" },
  notices: { label: "apiTokensNotices", help: "apiTokensNoticesHelp" },
};

export function PolicyField({ rule, value, mistake, isDisabled, onChange }: Props) {
  const { t } = useMessages();
  const { api } = useAdmin();
  const id = `policy-${rule.name}`;
  const { label, help } = TEXTS[rule.name] ?? { label: rule.name, help: rule.name };
  return (
    <FormGroup label={t(label)} fieldId={id}>
      {rule.kind === "flag" && (
        <Switch
          id={id}
          aria-label={t(label)}
          label={t("apiTokensOn")}
          labelOff={t("apiTokensOff")}
          isChecked={value === "true" || (value !== "false" && rule.usual)}
          isDisabled={isDisabled}
          onChange={(_event, checked) => onChange(String(checked))}
        />
      )}
      {rule.kind === "names" && (
        <Suggestions
          id={id}
          label={t(label)}
          isList
          value={value}
          placeholder={rule.usual}
          validated={mistake ? "error" : "default"}
          isDisabled={isDisabled}
          aria-describedby={`${id}-help`}
          onChange={onChange}
          suggest={(text, signal) => api.clientIds(text, signal)}
        />
      )}
      {rule.kind === "page" && (
        <TextField
          id={id}
          type="url"
          dir="ltr"
          value={value}
          placeholder="https://"
          validated={mistake ? "error" : "default"}
          isDisabled={isDisabled}
          aria-describedby={`${id}-help`}
          onChange={onChange}
        />
      )}
      {rule.kind === "networks" && (
        <NetworksArea id={id} value={value} isInvalid={!!mistake} isDisabled={isDisabled} onChange={onChange} />
      )}
      {rule.kind === "number" && (
        <InputGroup>
          <InputGroupItem isFill>
            <TextField
              id={id}
              inputMode="numeric"
              value={value}
              placeholder={rule.usual === undefined ? t("apiTokensUnlimited") : String(rule.usual)}
              validated={mistake ? "error" : "default"}
              isDisabled={isDisabled}
              aria-describedby={`${id}-help`}
              onChange={onChange}
            />
          </InputGroupItem>
          <InputGroupText>{t(rule.unit === "days" ? "apiTokensUnitDays" : "apiTokensUnitSeconds")}</InputGroupText>
        </InputGroup>
      )}
      <FieldHelp id={`${id}-help`} error={mistake}>
        {t(help)}
      </FieldHelp>
    </FormGroup>
  );
}
