import { exactTime, relativeTime } from "./dates";
import { useMessages } from "./messages";

/** A time as people say it, the exact one on hover. */
export function RelativeTime({ at }: { at: string }) {
  const { locale } = useMessages();
  const when = new Date(at);
  return (
    <time dateTime={at} title={exactTime(when, locale)}>
      {relativeTime(when, new Date(), locale)}
    </time>
  );
}
