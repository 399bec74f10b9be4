import { Alert, AlertActionCloseButton, AlertGroup } from "@patternfly/react-core";
import { type ReactElement, useState } from "react";
import { useMessages } from "./messages";

interface Toast {
  id: number;
  text: string;
}

/** Short success notifications at the top right, like those of the console. */
export function useToasts(): { show(text: string): void; element: ReactElement } {
  const { t, locale, direction } = useMessages();
  const [toasts, setToasts] = useState<Toast[]>([]);
  const hide = (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id));
  const show = (text: string) => setToasts((before) => [...before, { id: Date.now(), text }]);
  const element = (
    <AlertGroup isToast isLiveRegion className="qh-toasts" lang={locale} dir={direction}>
      {toasts.map(({ id, text }) => (
        <Alert
          key={id}
          variant="success"
          title={text}
          timeout
          onTimeout={() => hide(id)}
          actionClose={<AlertActionCloseButton aria-label={t("apiTokensClose")} onClose={() => hide(id)} />}
        />
      ))}
    </AlertGroup>
  );
  return { show, element };
}
