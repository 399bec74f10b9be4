import { useEffect, useState } from "react";
import { Suggestions } from "../shared/Suggestions";

interface Props {
  id: string;
  label: string;
  value: string;
  onValue(value: string): void;
  suggest(text: string, signal: AbortSignal): Promise<string[]>;
}

/** A filter by a complete name or ID. Applies when a name is chosen or entered, or the field loses focus. */
export function TextFilter({ id, label, value, onValue, suggest }: Props) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const apply = (text: string) => text.trim() !== value && onValue(text.trim());
  const change = (text: string) => {
    setTyped(text);
    if (!text) {
      onValue("");
    }
  };
  return (
    <Suggestions
      id={id}
      label={label}
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={change}
      onChosen={apply}
      onBlur={() => apply(typed)}
      onKeyDown={(event) => event.key === "Enter" && apply(typed)}
      suggest={(text, signal) => (text.trim() ? suggest(text.trim(), signal) : Promise.resolve([]))}
    />
  );
}
