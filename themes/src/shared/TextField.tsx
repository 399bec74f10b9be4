import { TextInput, type TextInputProps } from "@patternfly/react-core";
import { withoutSecret } from "./secrets";

export interface TextFieldProps extends Omit<TextInputProps, "onChange" | "ref"> {
  onChange(text: string): void;
}

/** A text field that reduces a typed or pasted API token to its prefix immediately. */
export function TextField({ onChange, ...input }: TextFieldProps) {
  return <TextInput autoComplete="off" {...input} onChange={(_event, text) => onChange(withoutSecret(text))} />;
}
