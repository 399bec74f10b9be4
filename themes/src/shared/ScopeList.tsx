import { Button } from "@patternfly/react-core";
import { Fragment, useState } from "react";
import { useMessages } from "./messages";
import type { ApiToken, InactiveScope } from "./tokens";

/** Longer lists are collapsed. */
const SHOWN = 4;

const REASONS: Record<InactiveScope["reason"], string> = {
  not_grantable: "apiTokensScopeNotGrantable",
  missing_role: "apiTokensScopeMissingRole",
};

/** A token's scopes; those that it does not have now are marked with the reason. */
export function ScopeList({ token, all = false }: { token: ApiToken; all?: boolean }) {
  const { t, count } = useMessages();
  const [expanded, setExpanded] = useState(all);
  const { inactiveScopes = [] } = token;
  const reason = new Map(inactiveScopes.map((scope) => [scope.name, scope.reason]));
  // A problem is not hidden behind a button.
  const scopes = [...token.scopes].sort((one, other) => Number(reason.has(other)) - Number(reason.has(one)));
  const hidden = scopes.length > SHOWN + 1 ? scopes.length - SHOWN : 0;
  const shown = expanded || hidden === 0 ? scopes : scopes.slice(0, SHOWN);
  return (
    // One element: a cell of a stacked table is a grid.
    <span>
      {shown.map((name, index) => {
        const why = reason.get(name);
        return (
          <Fragment key={name}>
            {index > 0 && ", "}
            <bdi className={why ? "qh-scope qh-inactive" : "qh-scope"}>{name}</bdi>
            {why && <span className="qh-reason"> ({t(REASONS[why])})</span>}
          </Fragment>
        );
      })}
      {hidden > 0 && !all && (
        <>
          {" "}
          <Button
            variant="link"
            isInline
            className="qh-more-scopes"
            aria-expanded={expanded}
            aria-label={expanded ? undefined : count("apiTokensScopesMoreOf", hidden, { name: token.name })}
            onClick={() => setExpanded(!expanded)}
          >
            {expanded ? t("apiTokensScopesLess") : t("apiTokensScopesMore", { count: hidden })}
          </Button>
        </>
      )}
    </span>
  );
}
