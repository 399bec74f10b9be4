import { PageSection, Text, TextContent } from "@patternfly/react-core";
import { useEffect, useRef, useState } from "react";
import { useMessages } from "../shared/messages";
import { oneTimeToken } from "../shared/oneTimeToken";
import { ProblemAlert } from "../shared/ProblemAlert";
import type { Session } from "../shared/session";
import { useStore } from "../shared/store";
import type { ApiToken } from "../shared/tokens";
import { useToasts } from "../shared/useToasts";
import { showOwnAddress } from "./address";
import { draft, openForm, resumeForm } from "./draft";
import { FirstToken } from "./FirstToken";
import { OwnCreateDialog } from "./OwnCreateDialog";
import { RevokeDialog } from "./RevokeDialog";
import { TokenList } from "./TokenList";
import type { Query } from "./tokensApi";
import { useTokenList } from "./useTokenList";

const FIRST_PAGE: Query = { search: "", status: "current", page: 1, perPage: 20 };

export function ApiTokensPage({ session }: { session: Session }) {
  const { t } = useMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  const [query, setQuery] = useState(FIRST_PAGE);
  const [revoking, setRevoking] = useState<ApiToken[]>([]);
  const list = useTokenList(session, query);
  const toasts = useToasts();
  const form = useStore(draft);
  const created = useStore(oneTimeToken);

  useEffect(() => resumeForm(session.user), [session]);

  /** The dialog gives the focus back to where it was; where that is gone with its row, the heading takes it. */
  const afterDialog = () => {
    showOwnAddress(false);
    setTimeout(() => {
      if (!document.activeElement || document.activeElement === document.body) {
        heading.current?.focus();
      }
    }, 100);
  };

  return (
    <>
      <PageSection variant="light">
        <TextContent>
          <h1 className="pf-v5-c-title pf-m-2xl" ref={heading} tabIndex={-1} data-testid="page-heading">
            {t("apiTokens")}
          </h1>
          <Text component="p">{t("apiTokensDescription")}</Text>
        </TextContent>
      </PageSection>
      <PageSection variant="light">
        {list.problem && <ProblemAlert problem={list.problem} session={session} onRetry={list.reload} />}
        {list.none ? (
          <FirstToken onCreate={() => openForm()} />
        ) : (
          <TokenList list={list} query={query} onQuery={setQuery} onCreate={() => openForm()} onRevoke={setRevoking} />
        )}
      </PageSection>
      {(form || created) && (
        <OwnCreateDialog session={session} form={form} created={created} onCreated={list.reload} onClosed={afterDialog} />
      )}
      {revoking.length > 0 && (
        <RevokeDialog
          session={session}
          tokens={revoking}
          onClosed={(revoked) => {
            setRevoking([]);
            if (revoked.length > 0) {
              toasts.show(revokedText(revoked));
              list.reload();
            }
            afterDialog();
          }}
        />
      )}
      {toasts.element}
    </>
  );

  function revokedText(revoked: ApiToken[]): string {
    const [first] = revoked;
    return revoked.length === 1 && first ? t("apiTokensRevokedOne", { name: first.name }) : t("apiTokensRevokedMany", { count: revoked.length });
  }
}
