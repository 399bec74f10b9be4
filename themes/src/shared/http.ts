import { Problem } from "./problem";
import type { Session } from "./session";

export interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  /** The server carries out only one call with this key. */
  key?: string;
  signal?: AbortSignal;
}

/** Calls our API with the session's token. Every failure is a Problem; an aborted call never settles. */
export async function send(
  session: Session,
  url: string,
  { method = "GET", body, key, signal }: Call = {},
): Promise<Response> {
  const token = await session.accessToken();
  const response = await answer(url, {
    method,
    signal,
    cache: "no-store",
    headers: {
      Accept: "application/json",
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(key === undefined ? {} : { "Idempotency-Key": key }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.ok) {
    return response;
  }
  const problem = await read(response);
  if (problem.kind === "stepUp" && method !== "GET") {
    await session.signIn(problem.maxAge);
    return never();
  }
  throw problem;
}

async function answer(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    return init.signal?.aborted ? never() : Promise.reject(new Problem("network"));
  }
}

async function read(response: Response): Promise<Problem> {
  const { status } = response;
  if (status === 401) {
    const challenge = response.headers.get("WWW-Authenticate") ?? "";
    // RFC 9470
    const maxAge = /max_age="?(\d+)/.exec(challenge)?.[1];
    return challenge.includes("insufficient_user_authentication")
      ? new Problem("stepUp", status, "", { maxAge: Number(maxAge ?? 0) })
      : new Problem("session", status);
  }
  const error = (await response.json().catch(() => ({}))) as { error?: string; error_description?: string };
  const code = typeof error.error === "string" ? error.error : undefined;
  return status >= 500
    ? new Problem("server", status, "", { code })
    : new Problem("refused", status, error.error_description, { code, location: response.headers.get("Location") });
}

function never<T>(): Promise<T> {
  return new Promise(() => {});
}
