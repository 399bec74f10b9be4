import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { send } from "../../src/shared/http";
import { asProblem, Problem } from "../../src/shared/problem";
import { json, serverAnswers, signedIn, unreachable } from "../support/server";

const URL = "https://id.example.com/realms/r/api-tokens";
const STEP_UP = { "WWW-Authenticate": 'Bearer error="insufficient_user_authentication", max_age="300"' };

async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const thrown = await call.then(
    () => assert.fail("the call went well"),
    (problem: unknown) => problem,
  );
  assert.ok(thrown instanceof Problem, String(thrown));
  return thrown;
}

/** Whether a promise is still open once everything that was due has happened. */
async function isOpen(call: Promise<unknown>): Promise<boolean> {
  const settled = call.then(
    () => false,
    () => false,
  );
  return Promise.race([settled, new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 20))]);
}

describe("a call of our API", () => {
  test("has the session's token, and a body as JSON", async () => {
    const sent = serverAnswers(json({ ok: true }));
    await send(signedIn("alices-token"), URL, { method: "POST", body: { name: "ci" } });
    assert.deepEqual(sent[0]?.body, { name: "ci" });
    assert.equal(sent[0]?.method, "POST");
    assert.equal(sent[0]?.headers.get("Authorization"), "Bearer alices-token");
    assert.equal(sent[0]?.headers.get("Content-Type"), "application/json");
  });

  test("has a key only if it is not to be carried out twice", async () => {
    const sent = serverAnswers(json({}), json({}));
    await send(signedIn(), URL, { method: "POST", body: {}, key: "once" });
    await send(signedIn(), URL, { method: "POST", body: {} });
    assert.deepEqual(
      sent.map(({ headers }) => headers.get("Idempotency-Key")),
      ["once", null],
    );
  });

  test("has no content type where it has no body", async () => {
    const sent = serverAnswers(json([]));
    await send(signedIn(), URL);
    assert.equal(sent[0]?.method, "GET");
    assert.equal(sent[0]?.headers.get("Content-Type"), null);
  });

  test("returns what the server answered", async () => {
    serverAnswers(json([1, 2]));
    assert.deepEqual(await (await send(signedIn(), URL)).json(), [1, 2]);
  });
});

describe("a call that fails", () => {
  test("because an earlier one with the same key was carried out names the token of that one", async () => {
    const headers = { Location: "https://id.example.com/realms/r/api-tokens/token-id" };
    serverAnswers(json({ error: "repeated_request", error_description: "…" }, 409, headers));
    const problem = await problemOf(send(signedIn(), URL, { method: "POST", key: "once" }));
    assert.deepEqual([problem.isRepeated, problem.tokenId], [true, "token-id"]);
    assert.equal(problem.isOutcomeUnknown, false);
  });

  test("without an answer is a problem of the network", async () => {
    serverAnswers(unreachable);
    assert.equal((await problemOf(send(signedIn(), URL))).kind, "network");
  });

  test("with 401 says that nobody is signed in any more", async () => {
    serverAnswers(json({}, 401, { "WWW-Authenticate": 'Bearer realm="r"' }));
    const problem = await problemOf(send(signedIn(), URL, { method: "POST" }));
    assert.deepEqual([problem.kind, problem.status], ["session", 401]);
  });

  test("with a reason of the server has that reason", async () => {
    serverAnswers(json({ error: "invalid_request", error_description: "The name is taken." }, 400));
    const problem = await problemOf(send(signedIn(), URL, { method: "POST" }));
    assert.deepEqual([problem.kind, problem.status, problem.description], ["refused", 400, "The name is taken."]);
  });

  test("with a page instead of JSON is refused without a reason", async () => {
    serverAnswers(new Response("<html>", { status: 404 }));
    const problem = await problemOf(send(signedIn(), URL));
    assert.deepEqual([problem.kind, problem.status, problem.description], ["refused", 404, ""]);
  });

  test("with 500 or more is a problem of the server, whatever it says", async () => {
    serverAnswers(json({ error_description: "internals" }, 503));
    const problem = await problemOf(send(signedIn(), URL));
    assert.deepEqual([problem.kind, problem.status, problem.description], ["server", 503, ""]);
  });

  test("leaves open whether the server did it, unless the provider reported the error", async () => {
    for (const [answer, unknown] of [
      [unreachable, true],
      [new Response("<html>", { status: 502 }), true],
      [json({}, 500), true],
      [json({ error: "temporarily_unavailable" }, 503), false],
      [json({ error: "invalid_request" }, 400), false],
      [json({}, 401), false],
    ] as const) {
      serverAnswers(answer);
      const problem = await problemOf(send(signedIn(), URL, { method: "POST" }));
      assert.equal(problem.isOutcomeUnknown, unknown, problem.message);
    }
  });

  test("that was aborted never ends, so that nobody shows a problem", async () => {
    const aborter = new AbortController();
    serverAnswers(() => {
      aborter.abort();
      return unreachable();
    });
    assert.equal(await isOpen(send(signedIn(), URL, { signal: aborter.signal })), true);
  });
});

describe("a call for which the sign-in is too old", () => {
  test("leads to a sign-in of the age asked for, and never ends", async () => {
    const session = signedIn();
    serverAnswers(json({}, 401, STEP_UP));
    assert.equal(await isOpen(send(session, URL, { method: "POST" })), true);
    assert.deepEqual(session.signIns, [300]);
  });

  test("leads nowhere by itself where it only reads", async () => {
    const session = signedIn();
    serverAnswers(json({}, 401, STEP_UP));
    const problem = await problemOf(send(session, URL));
    assert.deepEqual([problem.kind, problem.maxAge], ["stepUp", 300]);
    assert.deepEqual(session.signIns, []);
  });

  test("asks for a sign-in right now where the server names no age", async () => {
    const session = signedIn();
    serverAnswers(json({}, 401, { "WWW-Authenticate": 'Bearer error="insufficient_user_authentication"' }));
    await isOpen(send(session, URL, { method: "POST" }));
    assert.deepEqual(session.signIns, [0]);
  });
});

test("what was thrown is a problem of the network unless it is a problem already", () => {
  const refused = new Problem("refused", 403);
  assert.equal(asProblem(refused), refused);
  assert.equal(asProblem(new TypeError("Failed to fetch")).kind, "network");
});
