import { SearchInput } from "@patternfly/react-core";
import { useMessages } from "./messages";
import { withoutSecret } from "./secrets";

interface Props {
  id?: string;
  label: string;
  value: string;
  onChange(text: string): void;
  onClear?(): void;
}

/** A search field that reduces a typed or pasted API token to its prefix immediately. */
export function SearchField({ id, label, value, onChange, onClear = () => onChange("") }: Props) {
  const { t } = useMessages();
  return (
    <SearchInput
      id={id}
      aria-label={label}
      placeholder={label}
      resetButtonLabel={t("apiTokensSearchClear")}
      value={value}
      onChange={(_event, text) => onChange(withoutSecret(text))}
      onClear={onClear}
      // Enter would submit a form around the field.
      onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
    />
  );
}
