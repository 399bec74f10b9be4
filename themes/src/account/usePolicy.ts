import type { Problem } from "../shared/problem";
import type { Session } from "../shared/session";
import { useLoaded } from "../shared/useLoaded";
import { type Policy, readPolicy } from "./tokensApi";

export interface PolicyState {
  /** The last loaded policy; undefined until it is loaded. */
  rules?: Policy;
  /** Whether tokens can be created and rotated, according to the last loaded policy. */
  mayCreate: boolean;
  /** The server's reason if not; blank if there is none. */
  refusal?: string;
  problem?: Problem;
  reload(): void;
}

/** The realm's policy, which can change at any time: opening a form reloads it. */
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
