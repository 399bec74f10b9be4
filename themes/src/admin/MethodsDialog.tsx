import { Button, Checkbox, Form, FormGroup } from "@patternfly/react-core";
import { useState } from "react";
import { Dialog } from "../shared/Dialog";
import { useMessages } from "../shared/messages";
import type { AdminScope } from "./adminApi";
import { METHODS } from "./scopes";

interface Props {
  scope: AdminScope;
  onSaved(methods: string[]): void;
  onClosed(): void;
}

/** Chooses the methods that a scope allows at gateways. */
export function MethodsDialog({ scope, onSaved, onClosed }: Props) {
  const { t } = useMessages();
  const [methods, setMethods] = useState(scope.methods);
  const set = (method: string, checked: boolean) =>
    setMethods(METHODS.filter((other) => (other === method ? checked : methods.includes(other))));
  return (
    <Dialog
      className="qh-dialog"
      variant="small"
      title={t("apiTokensMethodsOf", { name: scope.name })}
      isOpen
      onClose={onClosed}
      actions={[
        <Button key="save" id="save-methods" variant="primary" onClick={() => onSaved(methods)}>
          {t("apiTokensSave")}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClosed}>
          {t("apiTokensCancel")}
        </Button>,
      ]}
    >
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          onSaved(methods);
        }}
      >
        <FormGroup label={t("apiTokensMethodsHelp")} role="group" fieldId="scope-methods">
          {METHODS.map((method) => (
            <Checkbox
              key={method}
              id={`scope-method-${method}`}
              label={method}
              isChecked={methods.includes(method)}
              onChange={(_event, checked) => set(method, checked)}
            />
          ))}
        </FormGroup>
      </Form>
    </Dialog>
  );
}
