import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "./problem";

export interface Loaded<T> {
  /** The last loaded value. */
  value: T;
  loading: boolean;
  /** Whether the value was loaded for an earlier key, or not loaded at all yet. */
  isStale: boolean;
  /** Whether no value has been loaded yet. */
  isFirst: boolean;
  problem?: Problem;
  reload(): void;
}

/** Loads a value again whenever the key changes, and keeps the last value until the next one is loaded. */
export function useLoaded<T>(initial: T, key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [{ value, of }, setLoaded] = useState<{ value: T; of?: string }>({ value: initial });
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  // biome-ignore lint/correctness/useExhaustiveDependencies: key and round determine when to reload
  useEffect(() => {
    const aborter = new AbortController();
    setLoading(true);
    latest
      .current(aborter.signal)
      .then((loaded) => {
        setLoaded({ value: loaded, of: key });
        setProblem(undefined);
      })
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => !aborter.signal.aborted && setLoading(false));
    return () => aborter.abort();
  }, [key, round]);

  const reload = useCallback(() => setRound((number) => number + 1), []);
  return { value, loading, isStale: of !== key, isFirst: of === undefined, problem, reload };
}
