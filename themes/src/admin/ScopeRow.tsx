import { Label, Switch } from "@patternfly/react-core";
import { Cell, NameCell, Row } from "../shared/DataTable";
import { useMessages } from "../shared/messages";
import { isScopeName } from "../shared/scopes";
import { useAdmin } from "./AdminContext";
import type { AdminScope } from "./adminApi";
import { clientScopeLink } from "./consoleLinks";
import { addressParameters, FIRST_QUERY } from "./query";
import { ScopeMenu } from "./ScopeMenu";
import { canSwitch, isForTokens, replacesBuiltIn, roleName } from "./scopes";

interface Props {
  scope: AdminScope;
  isBusy: boolean;
  onSwitch(): void;
  onMethods(): void;
  onRevoke(): void;
}

export function ScopeRow({ scope, isBusy, onSwitch, onMethods, onRevoke }: Props) {
  const { t, locale } = useMessages();
  const { api } = useAdmin();
  const { id, name, text, builtIn, grantable, methods, roles, resourceServers, tokens } = scope;
  const tokensLink = `#/${encodeURIComponent(api.realm)}/api-tokens?${addressParameters({ ...FIRST_QUERY, scope: name })}`;
  return (
    <Row id={`${id === null ? "name" : "scope"}-${name}`}>
      <NameCell label={t("apiTokensScope")}>
        {id === null ? (
          <bdi>{name}</bdi>
        ) : (
          <a href={clientScopeLink(api.realm, id)}>
            <bdi>{name}</bdi>
          </a>
        )}
        {text && (
          <div className="qh-scope-text">
            <bdi>{text}</bdi>
          </div>
        )}
        {replacesBuiltIn(scope) && (
          <div className="qh-scope-text">
            {t(grantable ? "apiTokensReplacesBuiltIn" : "apiTokensCouldReplaceBuiltIn")}
          </div>
        )}
      </NameCell>
      <Cell label={t("apiTokensGrantable")}>{id === null ? withoutClientScope() : grantSwitch()}</Cell>
      <Cell label={t("apiTokensRoles")}>
        {id !== null && <Names names={roles?.map(roleName)} none="apiTokensNoRole" />}
      </Cell>
      <Cell label={t("apiTokensResourceServers")}>
        {builtIn
          ? t("apiTokensEveryResourceServer")
          : id !== null && <Names names={resourceServers} none="apiTokensNoResourceServer" />}
      </Cell>
      <Cell label={t("apiTokensMethods")}>
        {isForTokens(scope) && <Names names={methods} none="apiTokensNoMethod" />}
      </Cell>
      <Cell label={t("apiTokensTabTokens")}>
        {tokens ? (
          <a href={tokensLink} aria-label={t("apiTokensOfScope", { count: tokens.toLocaleString(locale), name })}>
            {tokens.toLocaleString(locale)}
          </a>
        ) : (
          (tokens?.toLocaleString(locale) ?? t("apiTokensUnknown"))
        )}
      </Cell>
      <Cell isAction>
        <ScopeMenu scope={scope} onMethods={onMethods} onRevoke={onRevoke} />
      </Cell>
    </Row>
  );

  function withoutClientScope() {
    return <Label isCompact>{t(builtIn ? "apiTokensBuiltIn" : "apiTokensNoClientScope")}</Label>;
  }

  function grantSwitch() {
    return (
      <>
        <Switch
          id={`grantable-${id}`}
          aria-label={t("apiTokensGrantableNamed", { name })}
          isChecked={grantable}
          isDisabled={isBusy || !canSwitch(scope)}
          onChange={onSwitch}
        />
        {!isScopeName(name) && <div className="qh-scope-text">{t("apiTokensNotAScope")}</div>}
      </>
    );
  }
}

/** Names in a list; undefined or null if the admin may not view them. */
function Names({ names, none }: { names: string[] | null | undefined; none: string }) {
  const { t } = useMessages();
  if (!names) {
    return t("apiTokensUnknown");
  }
  return names.length > 0 ? <bdi className="qh-scope">{names.join(", ")}</bdi> : t(none);
}
