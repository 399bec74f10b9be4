import type { Session } from "../../src/shared/session";

/** A request that the code under test made. */
export interface Sent {
  method: string;
  url: string;
  headers: Headers;
  body: unknown;
  cache?: RequestCache;
}

type Answer = Response | (() => Response | Promise<Response>);

/** Takes the place of the network: gives these answers in turn, and returns what was sent. */
export function serverAnswers(...answers: Answer[]): Sent[] {
  const sent: Sent[] = [];
  globalThis.fetch = async (url, init = {}) => {
    const { method = "GET", headers, body, cache } = init;
    sent.push({ method, url: String(url), headers: new Headers(headers), body: parsed(body), cache });
    const answer = answers.shift();
    if (!answer) {
      throw new Error(`Nobody expected ${method} ${url}`);
    }
    return typeof answer === "function" ? answer() : answer;
  };
  return sent;
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

/** The network is down. */
export function unreachable(): Response {
  throw new TypeError("Failed to fetch");
}

function parsed(body: unknown): unknown {
  return typeof body === "string" ? JSON.parse(body) : body;
}

export interface FakeSession extends Session {
  /** With which age each sign-in was asked for. */
  readonly signIns: (number | undefined)[];
}

export function signedIn(accessToken = "an-access-token"): FakeSession {
  const signIns: (number | undefined)[] = [];
  return {
    user: "alice-id",
    signIns,
    accessToken: async () => accessToken,
    async signIn(maxAge) {
      signIns.push(maxAge);
    },
  };
}

/** An unsigned JWT with these claims. */
export function accessTokenOf(claims: Record<string, unknown>): string {
  return ["{}", JSON.stringify(claims), "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");
}
