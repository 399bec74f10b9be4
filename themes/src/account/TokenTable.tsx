import { CheckCell, DataTable, Head } from "../shared/DataTable";
import { useMessages } from "../shared/messages";
import type { ApiToken } from "../shared/tokens";
import type { Selection } from "../shared/useSelection";
import { TokenRow } from "./TokenRow";

interface Props {
  tokens: ApiToken[];
  selection: Selection;
  mayRotate: boolean;
  onRotate(token: ApiToken): void;
  onRevoke(token: ApiToken): void;
}

export function TokenTable({ tokens, selection, mayRotate, onRotate, onRevoke }: Props) {
  const { t } = useMessages();
  const showOrganization = tokens.some((token) => token.organization);
  const head = (
    <>
      <CheckCell
        label={t("apiTokensSelectAll")}
        checked={selection.allSelected}
        disabled={tokens.every((token) => token.status === "revoked")}
        onChange={selection.toggleAll}
      />
      <Head>{t("apiTokensName")}</Head>
      <Head>{t("apiTokensToken")}</Head>
      <Head>{t("apiTokensScopes")}</Head>
      {showOrganization && <Head>{t("apiTokensOrganization")}</Head>}
      <Head>{t("apiTokensCreatedAt")}</Head>
      <Head>{t("apiTokensLastUsed")}</Head>
      <Head>{t("apiTokensExpires")}</Head>
      <Head>{t("apiTokensStatus")}</Head>
      <Head>
        <span className="pf-v5-screen-reader">{t("apiTokensAction")}</span>
      </Head>
    </>
  );
  return (
    <DataTable label={t("apiTokens")} className="qh-tokens qh-own-tokens" head={head}>
      {tokens.map((token) => (
        <TokenRow
          key={token.id}
          token={token}
          selection={selection}
          showOrganization={showOrganization}
          mayRotate={mayRotate && token.status === "active"}
          onRotate={() => onRotate(token)}
          onRevoke={() => onRevoke(token)}
        />
      ))}
    </DataTable>
  );
}
