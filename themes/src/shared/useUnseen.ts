import { useRef, useState } from "react";
import { asProblem, type Problem } from "./problem";
import type { ApiToken } from "./tokens";

/** How a page finds and revokes the tokens of the owner of a new one. */
export interface OwnersTokens {
  /** The tokens that are not revoked and whose name contains this one, newest first. */
  list(name: string): Promise<ApiToken[]>;
  revoke(id: string): Promise<void>;
}

/** lost: it may exist, but is not listed; found: it exists; revoked: it existed. */
export type UnseenState =
  | { kind: "none" | "looking" | "lost" | "revoked" }
  | { kind: "found" | "revoking"; token: ApiToken; problem?: Problem };

export interface Unseen {
  state: UnseenState;
  /** Makes a call that creates a token of this name; if its answer is lost, looks for the token. */
  watch<T>(name: string, call: () => Promise<T>): Promise<T>;
  look(): Promise<boolean>;
  revoke(): Promise<void>;
}

interface Attempt {
  name: string;
  /** The tokens of this name before the attempt. */
  before: Set<string>;
  problem?: Problem;
}

/** The token that a lost answer contained, which nobody has seen: found by what was not there before. */
export function useUnseen(tokens: OwnersTokens, onChanged: () => void): Unseen {
  const [state, setState] = useState<UnseenState>({ kind: "none" });
  const attempt = useRef<Attempt>();
  const named = async (name: string) => (await tokens.list(name)).filter((token) => token.name === name);

  const look = async () => {
    const { name, before } = attempt.current ?? { name: "", before: new Set() };
    setState({ kind: "looking" });
    try {
      const token = (await named(name)).find(({ id }) => !before.has(id));
      setState(token ? { kind: "found", token } : { kind: "lost" });
      return token !== undefined;
    } catch {
      setState({ kind: "lost" });
      return false;
    }
  };

  const watch = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
    const last = attempt.current;
    // Otherwise, a second attempt would create a second token, and nobody would hear of the first.
    if (last?.problem && state.kind !== "revoked" && (await look())) {
      throw last.problem;
    }
    setState({ kind: "none" });
    const repeated = last?.name === name ? last : undefined;
    const current = repeated ?? { name, before: new Set((await named(name).catch(noneIfRefused)).map(({ id }) => id)) };
    attempt.current = current;
    try {
      const created = await call();
      attempt.current = undefined;
      return created;
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.isOutcomeUnknown) {
        current.problem = problem;
        onChanged();
        void look();
      }
      throw problem;
    }
  };

  const revoke = async () => {
    if (state.kind !== "found") {
      return;
    }
    const { token } = state;
    setState({ kind: "revoking", token });
    try {
      await tokens.revoke(token.id);
      setState({ kind: "revoked" });
      onChanged();
    } catch (thrown) {
      setState({ kind: "found", token, problem: asProblem(thrown) });
    }
  };

  return { state, watch, look, revoke };
}

/** Whoever may not list tokens may still create one. */
function noneIfRefused(thrown: unknown): ApiToken[] {
  if (asProblem(thrown).kind === "refused") {
    return [];
  }
  throw thrown;
}
