import { useEffect } from "react";

/**
 * Focuses the heading when the focused element is removed or disabled, so that keyboard users do not start at the top.
 */
export function useFocusReturn(heading: () => HTMLElement | null): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading stays as long as the page
  useEffect(() => {
    const page = heading()?.closest("main") ?? document.body;
    let last: Element | undefined;
    const remember = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : undefined;
    };
    const check = () => {
      const isLost = last && (!last.isConnected || last.matches(":disabled"));
      if (isLost && document.activeElement === document.body) {
        last = undefined;
        heading()?.focus({ preventScroll: true });
      }
    };
    // A dialog that closes returns the focus first.
    const observer = new MutationObserver(() => setTimeout(check, 100));
    page.addEventListener("focusin", remember);
    observer.observe(page, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
    return () => {
      page.removeEventListener("focusin", remember);
      observer.disconnect();
    };
  }, []);
}
