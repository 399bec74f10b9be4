import { ActionGroup, Alert, Button, Form, FormSection } from "@patternfly/react-core";
import { useState } from "react";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { asProblem, type Problem } from "../shared/problem";
import { useAdmin } from "./AdminContext";
import { PolicyField } from "./PolicyField";
import { CREATION, changesOf, mistakesIn, type Policy, RECORDS, REVOCATION, type Rule } from "./policy";

interface Props {
  stored: Policy;
  onSave(changes: Policy): Promise<void>;
}

const SECTIONS: { key: string; rules: readonly Rule[] }[] = [
  { key: "apiTokensPolicyCreation", rules: CREATION },
  { key: "apiTokensPolicyRevocation", rules: REVOCATION },
  { key: "apiTokensPolicyRecords", rules: RECORDS },
];

export function PolicyForm({ stored, onSave }: Props) {
  const { t } = useMessages();
  const { api, rights, organizations } = useAdmin();
  const [policy, setPolicy] = useState(stored);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const mistakes = mistakesIn(policy);
  const isShown = ({ name }: Rule) => name !== "organizationRequired" || organizations || !!stored[name];
  const changed = JSON.stringify(policy) !== JSON.stringify(stored);

  const save = async () => {
    const [first] = mistakes;
    if (first) {
      document.getElementById(`policy-${first}`)?.focus();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await onSave(changesOf(stored, policy));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form
      id="api-tokens-policy"
      isHorizontal
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {mistakesIn(stored).size > 0 && (
        <Alert isInline variant="danger" title={t("apiTokensPolicyBroken")}>
          {t("apiTokensPolicyBrokenAdvice")}
        </Alert>
      )}
      {problem && <ProblemAlert problem={problem} session={api.session} onRetry={() => void save()} />}
      {SECTIONS.map(({ key, rules }) => (
        <FormSection key={key} title={t(key)} titleElement="h2">
          {rules.filter(isShown).map((rule) => (
            <PolicyField
              key={rule.name}
              rule={rule}
              value={policy[rule.name] ?? ""}
              isWrong={mistakes.has(rule.name)}
              isDisabled={!rights.changePolicy || busy}
              onChange={(value) => setPolicy({ ...policy, [rule.name]: value })}
            />
          ))}
        </FormSection>
      ))}
      {rights.changePolicy && (
        <ActionGroup>
          <Button
            id="save-policy"
            type="submit"
            isDisabled={!changed || busy}
            isLoading={busy}
            spinnerAriaValueText={t("apiTokensWorking")}
          >
            {t("apiTokensSave")}
          </Button>
          <Button variant="link" isDisabled={!changed || busy} onClick={() => setPolicy(stored)}>
            {t("apiTokensRevert")}
          </Button>
        </ActionGroup>
      )}
    </Form>
  );
}
