import { Modal, type ModalProps } from "@patternfly/react-core";
import { useEffect } from "react";
import { useMessages } from "./messages";

/** A modal dialog in the language of the page; it is not an element within the page. */
export function Dialog(props: Omit<ModalProps, "ref">) {
  const { locale, direction } = useMessages();
  useEffect(() => {
    // PatternFly passes attributes to the dialog's body only.
    for (const dialog of document.querySelectorAll<HTMLElement>(".qh-dialog")) {
      dialog.lang = locale;
      dialog.dir = direction;
    }
  }, [locale, direction]);
  return <Modal {...props} />;
}
