import { CreateButtons } from "./CreateButtons";
import { CreateForm, type FormProps } from "./CreateForm";
import type { Draft } from "./draft";
import { OnceDialog } from "./OnceDialog";
import { settledDraft } from "./scopes";
import type { CreatedToken } from "./tokens";

interface Props extends Omit<FormProps, "draft" | "notOffered" | "expiryNotOffered"> {
  title: string;
  draft?: Draft;
  created?: CreatedToken;
  onClose(): void;
}

/** The form for a new token, then the token. */
export function CreateDialog({ title, draft, created, onClose, ...form }: Props) {
  return (
    <OnceDialog
      title={title}
      created={created}
      busy={form.creation.busy}
      firstField={draft?.client === undefined ? "api-token-name" : "api-token-client"}
      buttons={<CreateButtons busy={form.creation.busy} onCancel={onClose} />}
      onClose={onClose}
    >
      {draft && <CreateForm {...settledDraft(draft, form.rules)} {...form} />}
    </OnceDialog>
  );
}
