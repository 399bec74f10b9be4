import { Button, CodeBlock, CodeBlockAction, CodeBlockCode } from "@patternfly/react-core";
import CheckIcon from "@patternfly/react-icons/dist/esm/icons/check-icon";
import CopyIcon from "@patternfly/react-icons/dist/esm/icons/copy-icon";
import { useState } from "react";
import { copyText } from "./copy";
import { useMessages } from "./messages";

interface Props {
  id: string;
  /** A description of the copied text, for screen readers. */
  label: string;
  children: string;
  /** Called when the whole text is copied, with the button or by selecting it. */
  onCopied?(): void;
}

/** A text with a copy button. */
export function CopyBlock({ id, label, children, onCopied }: Props) {
  const { t } = useMessages();
  const [result, setResult] = useState<"copied" | "failed">();
  const copy = async (button: HTMLElement) => {
    const copied = await copyText(children, button);
    setResult(copied ? "copied" : "failed");
    if (copied) {
      onCopied?.();
      setTimeout(() => setResult(undefined), 3000);
    }
  };
  const action = (
    <CodeBlockAction>
      <span role="status" className="qh-copy-result">
        {result === "copied" && t("apiTokensCopied")}
        {result === "failed" && t("apiTokensCopyFailed")}
      </span>
      <Button
        id={`${id}-copy`}
        variant="plain"
        aria-label={`${t("apiTokensCopy")}: ${label}`}
        title={t("apiTokensCopy")}
        onClick={(event) => void copy(event.currentTarget)}
        icon={result === "copied" ? <CheckIcon /> : <CopyIcon />}
      />
    </CodeBlockAction>
  );
  return (
    <CodeBlock
      actions={action}
      className="qh-copy-block"
      onCopy={() => document.getSelection()?.toString().includes(children) && onCopied?.()}
    >
      <CodeBlockCode id={id}>{children}</CodeBlockCode>
    </CodeBlock>
  );
}
