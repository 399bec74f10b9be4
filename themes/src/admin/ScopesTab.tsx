import { Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { useState } from "react";
import { ChoiceSelect } from "../shared/ChoiceSelect";
import { LoadingRows } from "../shared/LoadingRows";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { asProblem, type Problem } from "../shared/problem";
import { RefreshButton } from "../shared/RefreshButton";
import { TokenSearch } from "../shared/TokenSearch";
import { useLoaded } from "../shared/useLoaded";
import { useToasts } from "../shared/useToasts";
import { useAdmin } from "./AdminContext";
import { setAddress, useAddress } from "./address";
import type { AdminScope, ScopeUpdate } from "./adminApi";
import { MethodsDialog } from "./MethodsDialog";
import { RevocationDialog } from "./RevocationDialog";
import { refocus } from "./refocus";
import { ScopeTable } from "./ScopeTable";
import { SwitchDialog } from "./SwitchDialog";
import { type Listed, listed, tokensToChange } from "./scopes";

const NONE: AdminScope[] = [];

type Open = { dialog: "switch" | "methods" | "revoke"; scope: AdminScope };

/** The client scopes that tokens may be given, and those that can become such scopes. */
export function ScopesTab() {
  const { t, count } = useMessages();
  const { api } = useAdmin();
  const toasts = useToasts();
  const loaded = useLoaded<AdminScope[] | undefined>(undefined, "", (signal) => api.scopes(signal));
  const address = useAddress();
  const which: Listed = address.get("listed") === "tokens" ? "tokens" : "all";
  const search = address.get("search") ?? "";
  const change = (values: { listed: Listed; search: string }) =>
    setAddress(
      new URLSearchParams({
        tab: "scopes",
        ...(values.listed === "all" ? {} : { listed: values.listed }),
        ...(values.search ? { search: values.search } : {}),
      }),
      true,
    );
  const [open, setOpen] = useState<Open>();
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  // Shown until the list is loaded again, so that a second click does not repeat the first.
  const [updated, setUpdated] = useState<{ in?: AdminScope[]; scope: AdminScope }>();
  const close = () => {
    setOpen(undefined);
    refocus();
  };
  const update = async (scope: AdminScope, values: ScopeUpdate, done: string) => {
    setBusy(scope.id ?? undefined);
    setProblem(undefined);
    try {
      setUpdated({ in: loaded.value, scope: await api.updateScope(scope.id ?? "", values) });
      toasts.show(t(done, { name: scope.name }));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      loaded.reload();
      setBusy(undefined);
    }
  };
  const all = (loaded.value ?? NONE).map((scope) =>
    updated?.in === loaded.value && updated?.scope.id === scope.id ? updated.scope : scope,
  );
  const shown = listed(all, which, search);
  const toggle = (scope: AdminScope) =>
    update(
      scope,
      { grantable: !scope.grantable },
      scope.grantable ? "apiTokensScopeWithdrawn" : "apiTokensScopeGranted",
    );
  const onSwitch = (scope: AdminScope) =>
    tokensToChange(scope, all) === 0 ? void toggle(scope) : setOpen({ dialog: "switch", scope });

  return (
    <>
      <p className="qh-scopes-help">{t("apiTokensScopesHelp")}</p>
      <Toolbar id="api-tokens-toolbar" inset={{ default: "insetNone" }}>
        <ToolbarContent>
          <ToolbarItem variant="search-filter">
            <TokenSearch
              label={t("apiTokensScopesSearch")}
              search={search}
              onSearch={(text) => change({ listed: which, search: text })}
            />
          </ToolbarItem>
          <ToolbarItem>
            <ChoiceSelect<Listed>
              id="api-tokens-listed-scopes"
              label={t("apiTokensScopes")}
              choices={[
                { value: "all", label: t("apiTokensScopesAll") },
                { value: "tokens", label: t("apiTokensScopesOfTokens") },
              ]}
              value={which}
              onChange={(listed) => change({ listed, search })}
            />
          </ToolbarItem>
          <ToolbarItem>
            <RefreshButton onRefresh={loaded.reload} />
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {loaded.problem && <ProblemAlert problem={loaded.problem} session={api.session} onRetry={loaded.reload} />}
      {problem && <ProblemAlert problem={problem} session={api.session} />}
      <p role="status" className="pf-v5-screen-reader">
        {loaded.value && count("apiTokensScopesFound", shown.length)}
      </p>
      {loaded.value && shown.length === 0 && <p>{t("apiTokensScopesNotFound")}</p>}
      {shown.length > 0 && (
        <ScopeTable
          scopes={shown}
          busy={busy}
          onSwitch={onSwitch}
          onMethods={(scope) => setOpen({ dialog: "methods", scope })}
          onRevoke={(scope) => setOpen({ dialog: "revoke", scope })}
        />
      )}
      {!loaded.value && loaded.loading && <LoadingRows />}
      {open?.dialog === "switch" && (
        <SwitchDialog
          scope={open.scope}
          tokens={tokensToChange(open.scope, all)}
          onConfirmed={() => {
            close();
            void toggle(open.scope);
          }}
          onClosed={close}
        />
      )}
      {open?.dialog === "methods" && (
        <MethodsDialog
          scope={open.scope}
          onSaved={(methods) => {
            close();
            void update(open.scope, { methods }, "apiTokensMethodsSaved");
          }}
          onClosed={close}
        />
      )}
      {open?.dialog === "revoke" && (
        <RevocationDialog
          revocation={{ kind: "scope", name: open.scope.name }}
          onClosed={(revoked) => {
            if (revoked) {
              toasts.show(count("apiTokensRevokedNow", revoked));
            }
            if (revoked !== undefined) {
              loaded.reload();
            }
            close();
          }}
        />
      )}
      {toasts.element}
    </>
  );
}
