import { FormGroup } from "@patternfly/react-core";
import { useState } from "react";
import { CreateDialog } from "../shared/CreateDialog";
import { type Draft, EMPTY_DRAFT } from "../shared/draft";
import { FieldHelp } from "../shared/FieldHelp";
import { NO_RULES } from "../shared/lifetime";
import { useMessages } from "../shared/messages";
import { oneTimeToken } from "../shared/oneTimeToken";
import { Suggestions } from "../shared/Suggestions";
import type { CreatedToken } from "../shared/tokens";
import { useCreation } from "../shared/useCreation";
import type { Field } from "../shared/validation";
import { useAdmin } from "./AdminContext";

interface Props {
  created?: CreatedToken;
  onCreated(): void;
  onClosed(): void;
}

/** Creates a token for a client's service account. Nobody creates one for another person. */
export function ClientCreateDialog({ created, onCreated, onClosed }: Props) {
  const { t } = useMessages();
  const { api } = useAdmin();
  const [draft, setDraft] = useState<Draft>({ ...EMPTY_DRAFT, client: "" });
  const creation = useCreation(NO_RULES, (request) => api.create(request), onCreated);
  const change = (values: Partial<Draft>) => setDraft((before) => ({ ...before, ...values }));
  const close = () => {
    oneTimeToken.set(undefined);
    onClosed();
  };
  const clientField = (error: (field: Field) => React.ReactNode) => (
    <FormGroup label={t("apiTokensClient")} isRequired fieldId="api-token-client">
      <Suggestions
        id="api-token-client"
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
  return (
    <CreateDialog
      title={t("apiTokensCreateForClient")}
      session={api.session}
      draft={draft}
      rules={NO_RULES}
      created={created}
      creation={creation}
      onChange={change}
      onClose={close}
      firstField={clientField}
    />
  );
}
