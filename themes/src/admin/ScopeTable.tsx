import { DataTable, Head } from "../shared/DataTable";
import { useMessages } from "../shared/messages";
import type { AdminScope } from "./adminApi";
import { ScopeRow } from "./ScopeRow";

interface Props {
  scopes: AdminScope[];
  /** The ID of the client scope that is being changed. */
  busy?: string;
  onSwitch(scope: AdminScope): void;
  onMethods(scope: AdminScope): void;
  onRevoke(scope: AdminScope): void;
}

export function ScopeTable({ scopes, busy, onSwitch, onMethods, onRevoke }: Props) {
  const { t } = useMessages();
  const head = (
    <>
      <Head>{t("apiTokensScope")}</Head>
      <Head>{t("apiTokensGrantable")}</Head>
      <Head>{t("apiTokensRoles")}</Head>
      <Head>{t("apiTokensResourceServers")}</Head>
      <Head>{t("apiTokensMethods")}</Head>
      <Head>{t("apiTokensTabTokens")}</Head>
      <Head>
        <span className="pf-v5-screen-reader">{t("apiTokensAction")}</span>
      </Head>
    </>
  );
  return (
    <DataTable label={t("apiTokensScopes")} className="qh-tokens qh-scope-table" head={head}>
      {scopes.map((scope) => (
        <ScopeRow
          key={`${scope.id} ${scope.name}`}
          scope={scope}
          isBusy={busy !== undefined && busy === scope.id}
          onSwitch={() => onSwitch(scope)}
          onMethods={() => onMethods(scope)}
          onRevoke={() => onRevoke(scope)}
        />
      ))}
    </DataTable>
  );
}
