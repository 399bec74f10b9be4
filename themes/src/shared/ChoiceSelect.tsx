import { MenuToggle, Select, SelectList, SelectOption } from "@patternfly/react-core";
import { useRef, useState } from "react";

export interface Choice<T extends string> {
  value: T;
  label: string;
}

/** Longer lists scroll. */
const UNSCROLLED = 10;

interface Props<T extends string> {
  id: string;
  /** The accessible name of the choice. */
  label: string;
  /** The ID of the help text. */
  describedBy?: string;
  choices: Choice<T>[];
  value: T;
  onChange(value: T): void;
  isFullWidth?: boolean;
  /** Whether the label is shown with the choice, because nothing else shows it. */
  isLabelled?: boolean;
}

/** One of a few choices. */
export function ChoiceSelect<T extends string>(props: Props<T>) {
  const { id, label, describedBy, choices, value, onChange, isFullWidth, isLabelled } = props;
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const current = choices.find((choice) => choice.value === value)?.label ?? value;
  const named = `${label}: ${current}`;
  const choose = (chosen: unknown) => {
    onChange(chosen as T);
    setOpen(false);
    toggle.current?.focus();
  };
  return (
    <Select
      isOpen={open}
      isScrollable={choices.length > UNSCROLLED}
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
            aria-label={named}
            aria-describedby={describedBy}
          >
            {isLabelled ? named : current}
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
