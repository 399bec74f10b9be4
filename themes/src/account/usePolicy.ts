import type { Problem } from "../shared/problem";
import type { Session } from "../shared/session";
import { useLoaded } from "../shared/useLoaded";
import { type Policy, readPolicy } from "./tokensApi";

export interface PolicyState {
  /** As it was read last; undefined until then. */
  rules?: Policy;
  /** Whether tokens can be created and rotated now, as far as is known. */
  mayCreate: boolean;
  /** What the server says to why not; blank where it says nothing. */
  refusal?: string;
  problem?: Problem;
  reload(): void;
}

/** The realm's policy, which can change at any time: whoever opens a form reads it anew. */
export function usePolicy(session: Session): PolicyState {
  const {
    value: rules,
    problem,
    reload,
  } = useLoaded<Policy | undefined>(undefined, "", (signal) => readPolicy(session, signal));
  const refused = problem?.kind === "refused" ? problem.description : undefined;
  const off = rules && !rules.mayCreate ? "" : undefined;
  return {
    rules,
    mayCreate: refused === undefined && !!rules?.mayCreate,
    refusal: refused ?? off,
    problem: refused === undefined ? problem : undefined,
    reload,
  };
}
