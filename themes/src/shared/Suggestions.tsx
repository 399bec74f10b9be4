import { useEffect, useRef, useState } from "react";
import { TextField, type TextFieldProps } from "./TextField";

const PAUSE_MS = 250;

interface Props extends Omit<TextFieldProps, "value"> {
  id: string;
  value: string;
  /** Called when a suggestion is chosen or typed completely. */
  onChosen?(value: string): void;
  suggest(text: string, signal: AbortSignal): Promise<string[]>;
}

/** A text field with suggestions from the server; without suggestions, a plain text field. */
export function Suggestions({ id, value, onChange, onChosen, suggest, ...input }: Props) {
  const [found, setFound] = useState<string[]>([]);
  const [asked, setAsked] = useState<string>();
  // The function changes with each render.
  const latestSuggest = useRef(suggest);
  latestSuggest.current = suggest;
  useEffect(() => {
    if (asked === undefined) {
      return;
    }
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      latestSuggest.current(asked, aborter.signal).then(setFound, () => setFound([]));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [asked]);
  const change = (text: string) => {
    onChange(text);
    if (found.includes(text)) {
      onChosen?.(text);
    } else {
      setAsked(text);
    }
  };
  return (
    <>
      <TextField
        {...input}
        id={id}
        value={value}
        list={`${id}-suggestions`}
        onFocus={() => setAsked((before) => before ?? value)}
        onChange={change}
      />
      <datalist id={`${id}-suggestions`}>
        {found.map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
    </>
  );
}
