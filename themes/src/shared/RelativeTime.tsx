import { exactTime, relativeTime } from "./dates";
import { useMessages } from "./messages";

/** A relative time, with the exact time on hover. */
export function RelativeTime({ at }: { at: string }) {
  const { locale } = useMessages();
  const when = new Date(at);
  return (
    <time dateTime={at} title={exactTime(when, locale)}>
      {relativeTime(when, new Date(), locale)}
    </time>
  );
}
