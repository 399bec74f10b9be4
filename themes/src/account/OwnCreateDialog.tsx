import { CreateDialog } from "../shared/CreateDialog";
import type { Draft } from "../shared/draft";
import { useMessages } from "../shared/messages";
import { oneTimeToken } from "../shared/oneTimeToken";
import type { CreationRules } from "../shared/scopes";
import type { Session } from "../shared/session";
import type { CreatedToken, TokenRequest } from "../shared/tokens";
import { useCreation } from "../shared/useCreation";
import { useUnseen } from "../shared/useUnseen";
import { closeForm, draft, keepDraft, renewKey } from "./draft";
import { createToken, readToken, revokeToken, tokensNamed } from "./tokensApi";

interface Props {
  session: Session;
  rules: CreationRules;
  form?: Draft;
  created?: CreatedToken;
  /** Called when there is, or may be, a new token. */
  onChanged(): void;
  onFailed(): void;
  onClosed(): void;
}

/** Creates a token for the user; all input is stored in the draft immediately. */
export function OwnCreateDialog({ session, rules, form, created, onChanged, onFailed, onClosed }: Props) {
  const { t } = useMessages();
  const unseen = useUnseen(
    {
      list: (name) => tokensNamed(session, name),
      read: (id) => readToken(session, id),
      revoke: (id) => revokeToken(session, id),
    },
    onChanged,
    renewKey,
  );
  const send = async (request: TokenRequest, key: string) => {
    if (form) {
      // The call may lead to a sign-in, which leaves the page.
      keepDraft(session.user, form);
    }
    try {
      return await unseen.watch(request.name, () => createToken(session, request, key));
    } catch (thrown) {
      onFailed();
      throw thrown;
    }
  };
  const creation = useCreation(rules, send, () => {
    closeForm();
    onChanged();
  });
  const close = () => {
    closeForm();
    oneTimeToken.set(undefined);
    onClosed();
  };
  return (
    <CreateDialog
      title={t("apiTokensCreate")}
      session={session}
      draft={form}
      rules={rules}
      created={created}
      creation={creation}
      unseen={unseen}
      onChange={(values) => form && draft.set({ ...form, ...values })}
      onClose={close}
    />
  );
}
