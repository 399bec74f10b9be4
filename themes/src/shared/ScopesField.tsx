import { Checkbox, FormGroup } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { FieldHelp } from "./FieldHelp";
import { useMessages } from "./messages";
import { SCOPES, type Scope } from "./tokens";

interface Props {
  value: Scope[];
  error?: ReactNode;
  onChange(scopes: Scope[]): void;
}

const MEANINGS: Record<Scope, string> = {
  read: "apiTokensScopeRead",
  write: "apiTokensScopeWrite",
};

export function ScopesField({ value, error, onChange }: Props) {
  const { t } = useMessages();
  return (
    <FormGroup label={t("apiTokensScopes")} isRequired role="group" fieldId="api-token-scopes" isStack>
      {SCOPES.map((scope) => (
        <Checkbox
          key={scope}
          id={`api-token-scope-${scope}`}
          label={scope}
          description={t(MEANINGS[scope])}
          isChecked={value.includes(scope)}
          onChange={(_event, checked) =>
            onChange(SCOPES.filter((other) => (other === scope ? checked : value.includes(other))))
          }
        />
      ))}
      {error && <FieldHelp id="api-token-scopes-help" error={error} />}
    </FormGroup>
  );
}
