import { ActionGroup, Alert, Button, Form, FormSection } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { useMessages } from "../shared/messages";
import { networksMistake } from "../shared/networks";
import { ProblemAlert } from "../shared/ProblemAlert";
import { asProblem, type Problem } from "../shared/problem";
import { useStore } from "../shared/store";
import { useAdmin } from "./AdminContext";
import { PolicyField } from "./PolicyField";
import {
  CREATION,
  changesOf,
  hasNoRules,
  MOST,
  namesIn,
  type Policy,
  RECORDS,
  REVOCATION,
  type Rule,
  USE,
} from "./policy";
import { editPolicy, policyEdits } from "./policyEdits";
import { formMistakes, LEAST_SIGN_IN_SECONDS, type Mistake, type Mistakes, mistakesIn } from "./policyMistakes";

interface Props {
  stored: Policy;
  onSave(changes: Policy): Promise<void>;
}

const SECTIONS: { key: string; rules: readonly Rule[] }[] = [
  { key: "apiTokensPolicyCreation", rules: CREATION },
  { key: "apiTokensPolicyUse", rules: USE },
  { key: "apiTokensPolicyRevocation", rules: REVOCATION },
  { key: "apiTokensPolicyRecords", rules: RECORDS },
];

export function PolicyForm({ stored, onSave }: Props) {
  const { t, locale } = useMessages();
  const { api, rights, organizations } = useAdmin();
  const edits = useStore(policyEdits)[api.realm] ?? {};
  const policy: Policy = { ...stored, ...edits };
  const [unknown, setUnknown] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const changes = changesOf(stored, policy);
  const broken = mistakesIn(stored);
  const mistakes = formMistakes(policy, changes, unknown);
  const isShown = ({ name }: Rule) => name !== "organizationRequired" || organizations || !!stored[name];
  const changed = Object.keys(changes).length > 0;

  // Also after saving, when the form shows the saved values.
  useEffect(() => {
    const left = Object.entries(policyEdits.get()[api.realm] ?? {}).filter(
      ([name, value]) => value.trim() !== stored[name],
    );
    editPolicy(api.realm, Object.fromEntries(left));
  }, [api.realm, stored]);

  // Not earlier, because the fields are disabled while the request runs.
  useEffect(() => {
    if (!busy && unknown.length > 0) {
      document.getElementById("policy-allowedClients")?.focus();
    }
  }, [busy, unknown]);

  const save = async () => {
    if (focusFirst(mistakes)) {
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const missing = await missingClients();
      setUnknown(missing);
      if (missing.length === 0) {
        await onSave(changes);
      }
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
      {Object.keys(broken).length > 0 && (
        <Alert isInline variant="danger" title={t("apiTokensPolicyBroken")}>
          {broken.allowedNetworks && `${t("apiTokensPolicyNoneAccepted")} `}
          {t("apiTokensPolicyBrokenAdvice")}
        </Alert>
      )}
      {hasNoRules(stored) && (
        <Alert isInline variant="info" title={t("apiTokensPolicyUnset")}>
          {t("apiTokensPolicyUnsetAdvice")}
        </Alert>
      )}
      {SECTIONS.map(({ key, rules }) => (
        <FormSection key={key} title={t(key)} titleElement="h2">
          {rules.filter(isShown).map((rule) => (
            <PolicyField
              key={rule.name}
              rule={rule}
              value={policy[rule.name] ?? ""}
              mistake={mistakeIn(rule)}
              isDisabled={!rights.changePolicy || busy}
              onChange={(value) => editPolicy(api.realm, { ...edits, [rule.name]: value })}
            />
          ))}
        </FormSection>
      ))}
      {problem && <ProblemAlert problem={problem} session={api.session} onRetry={() => void save()} />}
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
          <Button variant="link" isDisabled={!changed || busy} onClick={() => editPolicy(api.realm, {})}>
            {t("apiTokensRevert")}
          </Button>
        </ActionGroup>
      )}
    </Form>
  );
  /** The client IDs that were added, but do not exist. */
  async function missingClients(): Promise<string[]> {
    const before = namesIn(stored.allowedClients ?? "");
    const added = namesIn(policy.allowedClients ?? "").filter((name) => !before.includes(name));
    const exists = await Promise.all(added.map((name) => api.hasClient(name)));
    return added.filter((_name, index) => exists[index] === false);
  }

  function invalid(rule: Rule, value: string): string {
    if (rule.kind === "number") {
      return t("apiTokensNotANumber", { least: number(rule.least), most: number(MOST) });
    }
    const network = rule.kind === "networks" ? networksMistake(value) : undefined;
    if (network) {
      return t(network.key, network.values);
    }
    return rule.kind === "page" ? t("apiTokensHelpUrlInvalid") : t("apiTokensNotAFlag", { value });
  }

  function number(amount: number): string {
    return amount.toLocaleString(locale);
  }

  function mistakeIn(rule: Rule): string | undefined {
    const value = policy[rule.name] ?? "";
    const texts: Record<Mistake, () => string> = {
      invalid: () => invalid(rule, value),
      aboveMaximum: () =>
        t("apiTokensDefaultAboveMaximum", {
          usual: number(Number(policy.defaultLifetimeDays)),
          most: number(Number(policy.maxLifetimeDays)),
        }),
      tooRecent: () => t("apiTokensTooRecent", { least: LEAST_SIGN_IN_SECONDS, most: number(MOST) }),
      unknownClient: () => t("apiTokensUnknownClients", { names: unknown.join(", ") }),
    };
    const mistake = mistakes[rule.name];
    return mistake && texts[mistake]();
  }
}

/** Returns whether there is a mistake. */
function focusFirst(mistakes: Mistakes): boolean {
  const [first] = Object.keys(mistakes);
  document.getElementById(`policy-${first}`)?.focus();
  return first !== undefined;
}
