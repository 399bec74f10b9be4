import { TextArea } from "@patternfly/react-core";
import { withoutSecret } from "./secrets";

interface Props {
  id: string;
  value: string;
  isInvalid: boolean;
  isDisabled?: boolean;
  onChange(networks: string): void;
}

const MAX_ROWS = 8;

/** A text area for networks, as high as its text; described by the element with this ID and "-help". */
export function NetworksArea({ id, value, isInvalid, isDisabled, onChange }: Props) {
  return (
    <TextArea
      id={id}
      dir="ltr"
      autoComplete="off"
      spellCheck={false}
      rows={Math.min(value.split("\n").length, MAX_ROWS)}
      resizeOrientation="vertical"
      value={value}
      validated={isInvalid ? "error" : "default"}
      isDisabled={isDisabled}
      aria-describedby={`${id}-help`}
      onChange={(_event, networks) => onChange(withoutSecret(networks))}
    />
  );
}
