import { Select, SelectList, SelectOption } from "@patternfly/react-core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { TextField, type TextFieldProps } from "./TextField";

const PAUSE_MS = 250;

interface Props extends Omit<TextFieldProps, "value" | "type"> {
  id: string;
  /** The accessible name of the suggestions. */
  label: string;
  value: string;
  /** Whether the value is a list of names, the last of which is completed. */
  isList?: boolean;
  /** Called when a suggestion is chosen or typed completely. */
  onChosen?(value: string): void;
  suggest(text: string, signal: AbortSignal): Promise<string[]>;
}

/** A text field with suggestions from the server; without suggestions, a plain text field. */
export function Suggestions({ id, label, value, isList = false, onChange, onChosen, suggest, ...input }: Props) {
  const [wanted, setWanted] = useState(false);
  const [active, setActive] = useState<string>();
  const typed = isList ? lastName(value) : value;
  const found = useSuggestions(typed, suggest);
  const isOpen = wanted && !input.isDisabled && found.list.some((text) => text !== typed);
  const index = active === undefined ? -1 : found.list.indexOf(active);
  const close = () => {
    setWanted(false);
    setActive(undefined);
  };
  const change = (text: string) => {
    onChange(text);
    setWanted(true);
    setActive(undefined);
    found.ask();
    if (found.list.includes(text)) {
      onChosen?.(text);
    }
  };
  const choose = (text: string) => {
    const completed = value.slice(0, value.length - typed.length) + text;
    onChange(completed);
    onChosen?.(completed);
    close();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setWanted(true);
      found.ask();
      setActive(isOpen ? next(found.list, index, step) : undefined);
    } else if (event.key === "Enter" && isOpen && active !== undefined) {
      event.preventDefault();
      choose(active);
    } else {
      input.onKeyDown?.(event);
    }
  };
  return (
    <Select
      id={`${id}-menu`}
      variant="typeahead"
      isOpen={isOpen}
      isScrollable
      onSelect={(_event, chosen) => choose(String(chosen))}
      onOpenChange={close}
      onOpenChangeKeys={["Escape"]}
      // Otherwise, the field would lose the focus before the click.
      onMouseDown={(event) => event.preventDefault()}
      popperProps={{ appendTo: "inline" }}
      toggle={(box) => (
        <div ref={box}>
          <TextField
            {...input}
            id={id}
            value={value}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={isOpen}
            aria-controls={isOpen ? `${id}-suggestions` : undefined}
            aria-activedescendant={isOpen && index >= 0 ? `${id}-suggestion-${index}` : undefined}
            onFocus={found.ask}
            onClick={() => setWanted(true)}
            onBlur={(event) => {
              close();
              input.onBlur?.(event);
            }}
            onKeyDown={onKeyDown}
            onChange={change}
          />
        </div>
      )}
    >
      <SelectList id={`${id}-suggestions`} aria-label={label}>
        {found.list.map((text, number) => (
          <SelectOption key={text} id={`${id}-suggestion-${number}`} value={text} isFocused={number === index}>
            {text}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}

/** The suggestions for a text, which are asked for after a pause; those for the text before until they are there. */
function useSuggestions(text: string, suggest: Props["suggest"]) {
  const [list, setList] = useState<string[]>([]);
  const [asked, setAsked] = useState(false);
  // The function changes with each render.
  const latestSuggest = useRef(suggest);
  latestSuggest.current = suggest;
  useEffect(() => {
    if (!asked) {
      return;
    }
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      latestSuggest.current(text, aborter.signal).then(setList, () => setList([]));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [asked, text]);
  return { list, ask: () => setAsked(true) };
}

/** The suggestion after or before the one with this index, around the ends of the list. */
function next(list: string[], index: number, step: number): string | undefined {
  const from = index < 0 && step < 0 ? 0 : index;
  return list[(from + step + list.length) % list.length];
}

function lastName(names: string): string {
  return /[^\s,]*$/.exec(names)?.[0] ?? "";
}
