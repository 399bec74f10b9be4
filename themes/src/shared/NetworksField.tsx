import { FormGroup } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { FieldHelp } from "./FieldHelp";
import { useMessages } from "./messages";
import { NetworksArea } from "./NetworksArea";
import { networksMistake } from "./networks";
import type { CreationRules } from "./scopes";

interface Props {
  rules: CreationRules;
  value: string;
  /** Whether mistakes are shown: after the form was submitted with one. */
  isChecked: boolean;
  /** The server's error message about the field. */
  refusal?: ReactNode;
  onChange(networks: string): void;
}

/** The networks from which a token can be used; blank for all. */
export function NetworksField({ rules: { allowedNetworks }, value, isChecked, refusal, onChange }: Props) {
  const { t } = useMessages();
  const mistake = isChecked ? networksMistake(value, allowedNetworks) : undefined;
  const error = mistake ? t(mistake.key, mistake.values) : refusal;
  return (
    <FormGroup label={t("apiTokensNetworks")} fieldId="api-token-networks">
      <NetworksArea id="api-token-networks" value={value} isInvalid={!!error} onChange={onChange} />
      <FieldHelp id="api-token-networks-help" error={error}>
        {t("apiTokensNetworksHelp")}
        {allowedNetworks && ` ${t("apiTokensNetworksOfRealm", { networks: allowedNetworks.join(", ") })}`}
      </FieldHelp>
    </FormGroup>
  );
}
