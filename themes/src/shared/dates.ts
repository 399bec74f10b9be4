const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** Such as "3 days ago" or "in 2 months". */
export function relativeTime(when: Date, now: Date, locale: string): string {
  const seconds = (when.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, length] of UNITS) {
    // Rounded, so that a token made for 30 days a second ago expires in 30 days.
    const amount = Math.round(seconds / length);
    if (Math.abs(seconds) >= length * 0.999 && amount !== 0) {
      return format.format(amount, unit);
    }
  }
  return format.format(0, "second");
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

/** The date as an input of type date has it. */
export function dateInputValue(when: Date): string {
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${when.getFullYear()}-${pad(when.getMonth() + 1)}-${pad(when.getDate())}`;
}
