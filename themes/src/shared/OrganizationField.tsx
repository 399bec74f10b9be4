import { FormGroup } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { ChoiceSelect } from "./ChoiceSelect";
import { FieldHelp } from "./FieldHelp";
import { useMessages } from "./messages";
import type { CreationRules, Organization } from "./scopes";

interface Props {
  rules: CreationRules;
  /** The alias; blank for none. */
  value: string;
  error?: ReactNode;
  onChange(alias: string): void;
}

/** Whether the token is for the user or for one of the user's organizations; nothing if there is no choice. */
export function OrganizationField({ rules, value, error, onChange }: Props) {
  const { t } = useMessages();
  const { organizations = [], organizationRequired = false } = rules;
  if (organizations.length === 0 && !organizationRequired) {
    return null;
  }
  const impossible = organizations.length === 0 && t("apiTokensOrganizationNone");
  const none = {
    value: "",
    label: t(organizationRequired ? "apiTokensOrganizationChoose" : "apiTokensOrganizationMe"),
  };
  return (
    <FormGroup label={t("apiTokensOrganization")} isRequired={organizationRequired} fieldId="api-token-organization">
      {organizations.length > 0 && (
        <ChoiceSelect
          id="api-token-organization"
          label={t("apiTokensOrganization")}
          describedBy="api-token-organization-help"
          choices={[none, ...organizations.map(choiceOf)]}
          value={value}
          onChange={onChange}
        />
      )}
      <FieldHelp id="api-token-organization-help" error={error ?? impossible}>
        {value && t("apiTokensOrganizationHelp")}
      </FieldHelp>
    </FormGroup>
  );
}

function choiceOf({ alias, name }: Organization) {
  return { value: alias, label: name === alias ? name : `${name} (${alias})` };
}
