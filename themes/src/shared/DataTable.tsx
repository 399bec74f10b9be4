// biome-ignore-all lint/a11y/noRedundantRoles: browsers remove the roles of a table that is stacked with CSS
import ArrowsAltVIcon from "@patternfly/react-icons/dist/esm/icons/arrows-alt-v-icon";
import LongArrowAltDownIcon from "@patternfly/react-icons/dist/esm/icons/long-arrow-alt-down-icon";
import LongArrowAltUpIcon from "@patternfly/react-icons/dist/esm/icons/long-arrow-alt-up-icon";
import type { ReactNode } from "react";

interface Props {
  label: string;
  className?: string;
  /** Whether the rows do not belong to the current query: then they cannot be used. */
  isBusy?: boolean;
  head: ReactNode;
  children: ReactNode;
}

/**
 * A table with PatternFly's styles, stacked on narrow screens; the package @patternfly/react-table is too large.
 */
export function DataTable({ label, className = "", isBusy = false, head, children }: Props) {
  // React 18 does not know the attribute.
  const inert = isBusy ? { inert: "" } : {};
  return (
    <table
      role="table"
      aria-label={label}
      aria-busy={isBusy}
      className={`pf-v5-c-table pf-m-grid-lg pf-m-compact ${isBusy ? "qh-busy" : ""} ${className}`}
    >
      <thead role="rowgroup" className="pf-v5-c-table__thead">
        <tr role="row" className="pf-v5-c-table__tr">
          {head}
        </tr>
      </thead>
      <tbody role="rowgroup" {...inert} className="pf-v5-c-table__tbody">
        {children}
      </tbody>
    </table>
  );
}

export function Row({ id, children }: { id: string; children: ReactNode }) {
  return (
    <tr role="row" className="pf-v5-c-table__tr" data-testid={id}>
      {children}
    </tr>
  );
}

export function Head({ children }: { children: ReactNode }) {
  return (
    <th scope="col" role="columnheader" className="pf-v5-c-table__th pf-m-nowrap">
      {children}
    </th>
  );
}

interface SortProps {
  /** The current sort direction, if the table is sorted by this column. */
  sorted?: "ascending" | "descending";
  /** Whether the column is hidden if the table is neither stacked nor wide. */
  isExtra?: boolean;
  onSort(): void;
  children: ReactNode;
}

/** The header of a sortable column. */
export function SortHead({ sorted, isExtra, onSort, children }: SortProps) {
  const Icon = sorted ? (sorted === "ascending" ? LongArrowAltUpIcon : LongArrowAltDownIcon) : ArrowsAltVIcon;
  return (
    <th
      scope="col"
      role="columnheader"
      aria-sort={sorted ?? "none"}
      className={`pf-v5-c-table__th pf-v5-c-table__sort pf-m-nowrap ${sorted ? "pf-m-selected" : ""} ${isExtra ? "qh-extra" : ""}`}
    >
      <button type="button" className="pf-v5-c-table__button" onClick={onSort}>
        <span className="pf-v5-c-table__button-content">
          <span className="pf-v5-c-table__text">{children}</span>
          <span className="pf-v5-c-table__sort-indicator">
            <Icon />
          </span>
        </span>
      </button>
    </th>
  );
}

interface CellProps {
  label?: string;
  isAction?: boolean;
  isExtra?: boolean;
  children?: ReactNode;
}

/** A cell; its label is shown next to it if the table is stacked. */
export function Cell({ label, isAction, isExtra, children }: CellProps) {
  return (
    <td
      role="cell"
      data-label={label}
      className={`pf-v5-c-table__td ${isAction ? "pf-v5-c-table__action" : ""} ${isExtra ? "qh-extra" : ""}`}
    >
      {children}
    </td>
  );
}

interface NameProps {
  label: string;
  /** The ID of the name, if the cell contains more. */
  labelledBy?: string;
  children: ReactNode;
}

/** The cell that is the header of its row. */
export function NameCell({ label, labelledBy, children }: NameProps) {
  return (
    <th
      scope="row"
      role="rowheader"
      data-label={label}
      aria-labelledby={labelledBy}
      className="pf-v5-c-table__th qh-name"
    >
      {children}
    </th>
  );
}

interface CheckProps {
  label: string;
  checked: boolean;
  disabled: boolean;
  onChange(checked: boolean): void;
}

export function CheckCell({ label, checked, disabled, onChange }: CheckProps) {
  return (
    <td role="cell" className="pf-v5-c-table__td pf-v5-c-table__check">
      <label>
        <input
          type="checkbox"
          aria-label={label}
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      </label>
    </td>
  );
}
