import { type RefObject, useEffect, useLayoutEffect, useState } from "react";

/** Whether the content of an element, such as a table, must be collapsed to fit: measured for each width and content. */
export function useCollapsed(box: RefObject<HTMLElement>, content: unknown): boolean {
  const [width, setWidth] = useState(0);
  const [tooWide, setTooWide] = useState<{ width: number; content: unknown }>();
  const collapsed = tooWide?.width === width && tooWide.content === content;

  useEffect(() => {
    const element = box.current;
    const observer = new ResizeObserver(() => setWidth(element?.clientWidth ?? 0));
    if (element) {
      observer.observe(element);
    }
    return () => observer.disconnect();
  }, [box]);

  useLayoutEffect(() => {
    const element = box.current;
    if (element && !collapsed && element.scrollWidth > element.clientWidth) {
      setTooWide({ width, content });
    }
  }, [box, width, content, collapsed]);

  return collapsed;
}
