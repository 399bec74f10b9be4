import { PageSection, Text, TextContent } from "@patternfly/react-core";
import { useEffect, useRef, useState } from "react";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import type { Session } from "../shared/session";
import { useFocusReturn } from "../shared/useFocusReturn";
import { useToasts } from "../shared/useToasts";
import { showOwnAddress } from "./address";
import { CreationOff } from "./CreationOff";
import { Dialogs, useDialogOpen } from "./Dialogs";
import { forgetForm, openForm, resumeForm } from "./draft";
import { forgetEdit, openEdit, resumeEdit } from "./edit";
import { FirstToken } from "./FirstToken";
import { LearnMore } from "./LearnMore";
import { parametersOf, queryOf } from "./listAddress";
import { NotAllowed } from "./NotAllowed";
import { forgetRotation, openRotation, resumeRotation } from "./rotation";
import { TokenList } from "./TokenList";
import type { TokenActions } from "./tokenActions";
import type { Query } from "./tokensApi";
import { useConfirmations } from "./useConfirmations";
import { usePolicy } from "./usePolicy";
import { useTokenList } from "./useTokenList";

export function ApiTokensPage({ session }: { session: Session }) {
  const { t, count } = useMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  const [query, setQuery] = useState(() => queryOf(new URLSearchParams(location.search)));
  const list = useTokenList(session, query);
  const policy = usePolicy(session);
  const toasts = useToasts();
  useFocusReturn(() => heading.current);
  /** The dialog returns the focus to the previous element; if that was removed with its row, the heading gets the focus. */
  const afterDialog = () => {
    showOwnAddress(parametersOf(query));
    setTimeout(() => {
      if (!document.activeElement || document.activeElement === document.body) {
        heading.current?.focus();
      }
    }, 100);
  };

  const dialogs = { onChanged: list.reload, onDone: toasts.show, onClosed: afterDialog };
  const confirmations = useConfirmations(session, dialogs);
  const { mayCreate } = policy;
  const isOff = policy.refusal !== undefined;
  const forbidden = list.problem?.status === 403 ? list.problem : undefined;
  const { idleDays, helpUrl } = policy.rules ?? {};
  const dialogOpen = useDialogOpen(policy) || confirmations.isOpen;
  // A dialog reports its own problems, and hides the page.
  const failed = dialogOpen ? undefined : [list, ...(policy.rules ? [] : [policy])].find(({ problem }) => problem);

  useEffect(() => {
    if (mayCreate) {
      resumeForm(session.user);
      resumeRotation(session.user);
      resumeEdit(session.user);
    } else if (isOff) {
      forgetForm();
      forgetRotation();
      forgetEdit();
    }
  }, [session, mayCreate, isOff]);

  const show = (next: Query) => {
    setQuery(next);
    showOwnAddress(parametersOf(next));
  };

  const create = () => {
    policy.reload();
    openForm();
  };
  const actions: TokenActions = {
    rotate(token) {
      policy.reload();
      openRotation(token);
    },
    edit(token) {
      policy.reload();
      openEdit(token);
    },
    endPrevious: confirmations.endPrevious,
    revoke: confirmations.revoke,
  };

  return (
    <>
      <PageSection variant="light">
        <TextContent>
          <h1 className="pf-v5-c-title pf-m-2xl" ref={heading} tabIndex={-1} data-testid="page-heading">
            {t("apiTokens")}
          </h1>
          <Text component="p">
            {t("apiTokensDescription")} {!!idleDays && count("apiTokensIdleRule", idleDays)}{" "}
            {helpUrl && <LearnMore url={helpUrl} />}
          </Text>
        </TextContent>
      </PageSection>
      <PageSection variant="light">{forbidden ? <NotAllowed reason={forbidden.description} /> : content()}</PageSection>
      <Dialogs session={session} policy={policy} {...dialogs} />
      {confirmations.element}
      {toasts.element}
    </>
  );

  function content() {
    return (
      <>
        {failed?.problem && <ProblemAlert problem={failed.problem} session={session} onRetry={failed.reload} />}
        {policy.refusal !== undefined && (
          <CreationOff refusal={policy.refusal} impersonated={!!policy.rules?.impersonated} />
        )}
        {list.none ? (
          <FirstToken mayCreate={mayCreate} onCreate={create} />
        ) : (
          <TokenList
            list={list}
            query={query}
            mayCreate={mayCreate}
            onQuery={show}
            onCreate={create}
            actions={actions}
          />
        )}
      </>
    );
  }
}
