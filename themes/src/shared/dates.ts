interface Unit {
  name: Intl.RelativeTimeFormatUnit;
  seconds: number;
  /** The shortest duration that is shown in this unit. */
  from: number;
}

const DAY = 86_400;

const UNITS: Unit[] = [
  { name: "year", seconds: 365 * DAY, from: 2 * 365 * DAY },
  { name: "month", seconds: 30.44 * DAY, from: 100 * DAY },
  { name: "day", seconds: DAY, from: 36 * 3_600 },
  { name: "hour", seconds: 3_600, from: 5_400 },
  { name: "minute", seconds: 60, from: 45 },
];

/** Such as "3 days ago" or "in 2 months". */
export function relativeTime(when: Date, now: Date, locale: string): string {
  const span = (when.getTime() - now.getTime()) / 1000;
  const unit = UNITS.find(({ from }) => Math.abs(span) >= from);
  return unit
    ? new Intl.RelativeTimeFormat(locale).format(Math.round(span / unit.seconds), unit.name)
    : new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
}

/** Date and time to the minute, with the time zone. */
export function exactTime(when: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(when);
}

/** Day and time to the minute, for a time that is near. */
export function shortTime(when: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" }).format(
    when,
  );
}

/** The date alone. */
export function exactDate(when: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric" }).format(when);
}

/** The date in the format of an input of type date. */
export function dateInputValue(when: Date): string {
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${when.getFullYear()}-${pad(when.getMonth() + 1)}-${pad(when.getDate())}`;
}
