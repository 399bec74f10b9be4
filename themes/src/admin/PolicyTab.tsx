import { Bullseye, Spinner } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useLoaded } from "../shared/useLoaded";
import { useToasts } from "../shared/useToasts";
import { useAdmin } from "./AdminContext";
import { PolicyForm } from "./PolicyForm";
import { type Policy, policyOf, withRules } from "./policy";
import { mistakesIn } from "./policyMistakes";
import { ShortenExisting } from "./ShortenExisting";

/** The realm's rules for its tokens. */
export function PolicyTab() {
  const { t, count } = useMessages();
  const { api, rights, realmChanged } = useAdmin();
  const toasts = useToasts();
  const loaded = useLoaded<Policy | undefined>(undefined, "", async () => policyOf((await api.readRealm()).attributes));
  const save = async (changes: Policy) => {
    // Reload first, so that concurrent changes of others are not reverted.
    const realm = await api.readRealm();
    await api.writeRealm({ ...realm, attributes: withRules(realm.attributes, changes) });
    realmChanged();
    loaded.reload();
    toasts.show(t("apiTokensPolicySaved"));
  };
  const longest =
    loaded.value && Object.keys(mistakesIn(loaded.value)).length === 0 ? loaded.value.maxLifetimeDays : "";
  return (
    <>
      {loaded.problem && <ProblemAlert problem={loaded.problem} session={api.session} onRetry={loaded.reload} />}
      {longest && rights.revoke && (
        <ShortenExisting days={longest} onShortened={(tokens) => toasts.show(count("apiTokensShortened", tokens))} />
      )}
      {loaded.value ? (
        <PolicyForm key={JSON.stringify(loaded.value)} stored={loaded.value} onSave={save} />
      ) : (
        loaded.loading && (
          <Bullseye>
            <Spinner aria-label={t("apiTokensWorking")} />
          </Bullseye>
        )
      )}
      {toasts.element}
    </>
  );
}
