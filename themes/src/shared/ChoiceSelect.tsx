import { MenuToggle, Select, SelectList, SelectOption } from "@patternfly/react-core";
import { useRef, useState } from "react";

export interface Choice<T extends string> {
  value: T;
  label: string;
}

interface Props<T extends string> {
  id: string;
  /** The accessible name of the choice. */
  label: string;
  choices: Choice<T>[];
  value: T;
  onChange(value: T): void;
  isFullWidth?: boolean;
}

/** One of a few choices. */
export function ChoiceSelect<T extends string>({ id, label, choices, value, onChange, isFullWidth }: Props<T>) {
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const current = choices.find((choice) => choice.value === value)?.label ?? value;
  const choose = (chosen: unknown) => {
    onChange(chosen as T);
    setOpen(false);
    toggle.current?.focus();
  };
  return (
    <Select
      isOpen={open}
      selected={value}
      onSelect={(_event, chosen) => choose(chosen)}
      onOpenChange={setOpen}
      shouldFocusFirstItemOnOpen
      popperProps={{ appendTo: "inline" }}
      toggle={{
        toggleRef: toggle,
        toggleNode: (
          <MenuToggle
            id={id}
            ref={toggle}
            onClick={() => setOpen(!open)}
            isExpanded={open}
            isFullWidth={isFullWidth}
            aria-label={`${label}: ${current}`}
          >
            {current}
          </MenuToggle>
        ),
      }}
    >
      <SelectList aria-label={label}>
        {choices.map((choice) => (
          <SelectOption key={choice.value} value={choice.value}>
            {choice.label}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}
