import { FormGroup } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { CreateDialog } from "../shared/CreateDialog";
import { type Draft, EMPTY_DRAFT } from "../shared/draft";
import { FieldHelp } from "../shared/FieldHelp";
import { NO_RULES } from "../shared/lifetime";
import { useMessages } from "../shared/messages";
import { oneTimeToken } from "../shared/oneTimeToken";
import { randomText } from "../shared/pkce";
import { Suggestions } from "../shared/Suggestions";
import type { CreationRules } from "../shared/scopes";
import type { CreatedToken, TokenRequest } from "../shared/tokens";
import { useCreation } from "../shared/useCreation";
import { useLoaded } from "../shared/useLoaded";
import { useUnseen } from "../shared/useUnseen";
import type { Field } from "../shared/validation";
import { useAdmin } from "./AdminContext";
import { CreationOff } from "./CreationOff";

interface Props {
  created?: CreatedToken;
  /** Called when there is, or may be, a new token. */
  onChanged(): void;
  onClosed(): void;
}

const PAUSE_MS = 300;

/** Creates a token for a client's service account. Tokens for other people cannot be created. */
export function ClientCreateDialog({ created, onChanged, onClosed }: Props) {
  const { t } = useMessages();
  const { api } = useAdmin();
  const [draft, setDraft] = useState<Draft>(() => ({ ...EMPTY_DRAFT, key: randomText(), client: "" }));
  const policy = useLoaded<CreationRules | undefined>(undefined, "", (signal) => api.creationRules(signal));
  // If they cannot be loaded, the server validates the form.
  const ofRealm = policy.value ?? (policy.problem && NO_RULES);
  const scopes = useClientScopes(draft.client ?? "");
  const rules: CreationRules | undefined = ofRealm && { ...ofRealm, scopes, organizationRequired: false };
  const unseen = useUnseen(
    {
      list: (name) => api.clientTokens(name, draft.client?.trim() ?? ""),
      read: (id) => api.read(id),
      revoke: (id) => api.revokeOne(id),
    },
    onChanged,
    () => change({ key: randomText() }),
  );
  const send = async (request: TokenRequest, key: string) => {
    try {
      return await unseen.watch(request.name, () => api.create(request, key));
    } catch (thrown) {
      policy.reload();
      throw thrown;
    }
  };
  const creation = useCreation(rules ?? NO_RULES, send, onChanged);
  const change = (values: Partial<Draft>) => setDraft((before) => ({ ...before, ...values }));
  const close = () => {
    oneTimeToken.set(undefined);
    onClosed();
  };
  const clientField = (error: (field: Field) => React.ReactNode) => (
    <FormGroup label={t("apiTokensClient")} isRequired fieldId="api-token-client">
      <Suggestions
        id="api-token-client"
        label={t("apiTokensClient")}
        isRequired
        value={draft.client ?? ""}
        validated={error("client") ? "error" : "default"}
        aria-describedby="api-token-client-help"
        onChange={(client) => change({ client })}
        suggest={(text, signal) => api.serviceClients(text.trim(), signal)}
      />
      <FieldHelp id="api-token-client-help" error={error("client")}>
        {t("apiTokensClientHelp")}
      </FieldHelp>
    </FormGroup>
  );
  const refusal = policy.problem?.kind === "refused" && policy.problem.status === 403 ? policy.problem : undefined;
  // A form that is open keeps its entries, and reports the refusal itself.
  if (refusal && !policy.value) {
    return <CreationOff reason={refusal.description} onClosed={close} />;
  }
  if (!rules) {
    return null;
  }
  return (
    <CreateDialog
      title={t("apiTokensCreateForClient")}
      session={api.session}
      draft={draft}
      rules={rules}
      created={created}
      creation={creation}
      unseen={unseen}
      onChange={change}
      onClose={close}
      firstField={clientField}
    />
  );
}

/** The scopes for the client's service account; undefined until a client is known, and if they cannot be loaded. */
function useClientScopes(typed: string): CreationRules["scopes"] {
  const { api } = useAdmin();
  const [client, setClient] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setClient(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const loaded = useLoaded<CreationRules["scopes"]>(undefined, client, (signal) =>
    client ? api.scopes(signal, client) : Promise.resolve(undefined),
  );
  return loaded.problem ? undefined : loaded.value;
}
