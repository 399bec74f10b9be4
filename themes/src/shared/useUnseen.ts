import { useRef, useState } from "react";
import { asProblem, type Problem } from "./problem";
import type { ApiToken } from "./tokens";

/** How a page finds and revokes the tokens of the owner of a new one. */
export interface OwnersTokens {
  /** The tokens that are not revoked and whose name contains this one, newest first. */
  list(name: string): Promise<ApiToken[]>;
  read(id: string): Promise<ApiToken>;
  revoke(id: string): Promise<void>;
}

/** lost: it may exist, but is not listed; found: it exists, as the list or a repeated attempt has shown; revoked: it existed. */
export type UnseenState =
  | { kind: "none" | "looking" | "lost" | "revoked" }
  | { kind: "found" | "revoking"; token: ApiToken; repeated?: boolean; problem?: Problem };

export interface Unseen {
  state: UnseenState;
  /** Makes a call that creates a token of this name; if its answer is lost, looks for the token. */
  watch<T>(name: string, call: () => Promise<T>): Promise<T>;
  look(): Promise<void>;
  revoke(): Promise<void>;
}

interface Attempt {
  name: string;
  /** The tokens of this name before the attempt. */
  before: Set<string>;
}

/**
 * The token that a lost response contained and that was not shown: found by what was not there before, or by the
 * server's answer to a repeated attempt.
 *
 * @param onSettled called when the token is revoked, so that the next attempt is a new request
 */
export function useUnseen(tokens: OwnersTokens, onChanged: () => void, onSettled: () => void): Unseen {
  const [state, setState] = useState<UnseenState>({ kind: "none" });
  const attempt = useRef<Attempt>();
  const named = async (name: string) => (await tokens.list(name)).filter((token) => token.name === name);

  const look = async () => {
    const { name, before } = attempt.current ?? { name: "", before: new Set() };
    setState({ kind: "looking" });
    try {
      const token = (await named(name)).find(({ id }) => !before.has(id));
      setState(token ? { kind: "found", token } : { kind: "lost" });
    } catch {
      setState({ kind: "lost" });
    }
  };

  const settle = () => {
    attempt.current = undefined;
    setState({ kind: "revoked" });
    onSettled();
  };

  /** If the token cannot be read, the server's message, which names it, is shown. */
  const show = async (id: string) => {
    const token = await tokens.read(id).catch(() => undefined);
    if (token?.status === "revoked") {
      settle();
    } else if (token) {
      setState({ kind: "found", token, repeated: true });
    }
  };

  const watch = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
    setState({ kind: "none" });
    const repeated = attempt.current?.name === name ? attempt.current : undefined;
    attempt.current = repeated ?? {
      name,
      before: new Set((await named(name).catch(noneIfRefused)).map(({ id }) => id)),
    };
    try {
      const created = await call();
      attempt.current = undefined;
      return created;
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.isOutcomeUnknown) {
        onChanged();
        void look();
      } else if (problem.isRepeated) {
        onChanged();
        await show(problem.tokenId ?? "");
      }
      throw problem;
    }
  };

  const revoke = async () => {
    if (state.kind !== "found") {
      return;
    }
    setState({ ...state, kind: "revoking", problem: undefined });
    try {
      await tokens.revoke(state.token.id);
      settle();
      onChanged();
    } catch (thrown) {
      setState({ ...state, problem: asProblem(thrown) });
    }
  };

  return { state, watch, look, revoke };
}

/** A user who may not list tokens may still create one. */
function noneIfRefused(thrown: unknown): ApiToken[] {
  if (asProblem(thrown).kind === "refused") {
    return [];
  }
  throw thrown;
}
