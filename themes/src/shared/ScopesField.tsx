import { Alert, Checkbox, FormGroup } from "@patternfly/react-core";
import { type ReactNode, useState } from "react";
import { FieldHelp } from "./FieldHelp";
import { useMessages } from "./messages";
import { ScopeSearch } from "./ScopeSearch";
import { groupsOf, matches, type Scope, type ScopeGroup, shownName } from "./scopes";

interface Props {
  offered: readonly Scope[];
  /** The scopes that were chosen, but are not on offer. */
  notOffered: string[];
  value: string[];
  error?: ReactNode;
  onChange(scopes: string[]): void;
}

/** More scopes can be searched, and scroll. */
const FEW = 10;

/** How many names a link can have shown. */
const NAMED = 20;

const MEANINGS: Record<string, string> = {
  read: "apiTokensScopeRead",
  write: "apiTokensScopeWrite",
};

/** The scopes on offer, grouped if not all resource servers accept the same ones. */
export function ScopesField({ offered, notOffered, value, error, onChange }: Props) {
  const { t } = useMessages();
  const [search, setSearch] = useState("");
  const many = offered.length > FEW;
  const meaning = ({ name, text, builtIn }: Scope) => (builtIn ? t(MEANINGS[name] ?? "") : (text ?? ""));
  const shown = many ? offered.filter((scope) => matches(scope, meaning(scope), search.trim())) : offered;
  const groups = groupsOf(shown);
  const grouped = groupsOf(offered).length > 1;
  const toggle = (name: string, checked: boolean) =>
    onChange(offered.map((scope) => scope.name).filter((other) => (other === name ? checked : value.includes(other))));
  const box = (scope: Scope) => (
    <Checkbox
      key={scope.name}
      id={`api-token-scope-${scope.name}`}
      className="qh-scope"
      label={<bdi>{scope.name}</bdi>}
      description={meaning(scope) && <bdi>{meaning(scope)}</bdi>}
      isChecked={value.includes(scope.name)}
      onChange={(_event, checked) => toggle(scope.name, checked)}
    />
  );
  const boxes = grouped
    ? groups.map((group) => (
        <fieldset key={String(group.resourceServers)} className="qh-scopes">
          <legend>{title(group)}</legend>
          {group.scopes.map(box)}
        </fieldset>
      ))
    : shown.map(box);
  return (
    <FormGroup
      label={t("apiTokensScopes")}
      isRequired
      role="group"
      fieldId="api-token-scopes"
      id="api-token-scopes"
      aria-describedby={error ? "api-token-scopes-help" : undefined}
      isStack
    >
      {notOffered.length > 0 && (
        <Alert
          isInline
          variant="warning"
          className="qh-not-offered"
          title={t("apiTokensScopesNotOffered", { names: namesOf(notOffered) })}
        >
          {t("apiTokensScopesNotOfferedAdvice")}
        </Alert>
      )}
      {offered.length === 0 && <p>{t("apiTokensScopesNone")}</p>}
      {many && <ScopeSearch search={search} found={shown.length} chosen={value} onSearch={setSearch} />}
      {many ? <div className="qh-many-scopes">{boxes}</div> : boxes}
      {error && <FieldHelp id="api-token-scopes-help" error={error} />}
    </FormGroup>
  );

  function namesOf(names: string[]): string {
    const shownNames = names.slice(0, NAMED).map(shownName).join(", ");
    const more = names.length - NAMED;
    return more > 0 ? `${shownNames} ${t("apiTokensScopesMore", { count: more })}` : shownNames;
  }

  function title({ resourceServers }: ScopeGroup): ReactNode {
    if (!resourceServers) {
      return t("apiTokensScopesEverywhere");
    }
    return resourceServers.length > 0 ? <bdi>{resourceServers.join(", ")}</bdi> : t("apiTokensScopesNowhere");
  }
}
