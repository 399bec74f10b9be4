import { Modal, type ModalProps } from "@patternfly/react-core";
import { useMessages } from "./messages";

/** A modal dialog in the language of the page; it is not an element within the page. */
export function Dialog(props: Omit<ModalProps, "ref">) {
  const { locale, direction } = useMessages();
  return <Modal lang={locale} dir={direction} {...props} />;
}
