interface Fiber {
  return: Fiber | null;
  memoizedProps?: { value?: unknown } | null;
}

/**
 * A value that the console keeps in a React context, which no page can import. Searched from an element upwards;
 * undefined if there is none, or if React no longer exposes it.
 */
export function reactContext<T>(element: Element, is: (value: Partial<T>) => boolean): T | undefined {
  const key = Object.keys(element).find((name) => name.startsWith("__reactFiber$"));
  let fiber = key ? (element as unknown as Record<string, Fiber | null>)[key] : null;
  while (fiber) {
    const value = fiber.memoizedProps?.value;
    if (typeof value === "object" && value !== null && is(value as Partial<T>)) {
      return value as T;
    }
    fiber = fiber.return;
  }
  return undefined;
}
