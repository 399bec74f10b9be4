import "../support/console";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Problem } from "../../src/shared/problem";
import type { ApiToken } from "../../src/shared/tokens";
import { useUnseen } from "../../src/shared/useUnseen";
import { renderHook } from "../support/hooks";
import { token } from "../support/tokens";

const LOST = new Problem("network");

function repeatedAttempt(id: string): Problem {
  const location = `https://id.example.com/realms/r/api-tokens/${id}`;
  return new Problem("refused", 409, "A request with this key …", { code: "repeated_request", location });
}

/** An owner's tokens, and a page that creates more of them. */
async function page(...before: ApiToken[]) {
  const tokens = [...before];
  const seen = { changes: 0, settled: 0, revoked: [] as string[], lists: 0, problem: undefined as Problem | undefined };
  const answerOf = <T,>(value: T) => (seen.problem ? Promise.reject(seen.problem) : Promise.resolve(value));
  const owners = {
    list: () => {
      seen.lists++;
      return answerOf([...tokens].reverse());
    },
    read: (id: string) => answerOf(tokens.find((found) => found.id === id) ?? assert.fail("an unknown token")),
    revoke: (id: string) => answerOf(void seen.revoked.push(id)),
  };
  const rendered = await renderHook(
    () =>
      useUnseen(
        owners,
        () => seen.changes++,
        () => seen.settled++,
      ),
    {},
  );
  const outcome = async (call: () => Promise<unknown>, name = "ci") => {
    let result: unknown;
    await rendered.act(async () => {
      result = await rendered.current.watch(name, call).catch((thrown: unknown) => thrown);
    });
    return result;
  };
  const created = async (id: string, status: ApiToken["status"] = "active") =>
    void tokens.push(token({ id, name: "ci", status }));
  const lost = (id: string) => async () => {
    await created(id);
    throw LOST;
  };
  return { rendered, seen, outcome, created, lost };
}

describe("a token whose answer was lost", () => {
  test("is found among those of its name that were not there before", async () => {
    const old = [token({ id: "old", name: "ci" }), token({ id: "other", name: "my ci" })];
    const { rendered, seen, outcome, lost } = await page(...old);
    assert.equal(await outcome(lost("unseen")), LOST);
    assert.deepEqual(rendered.current.state, { kind: "found", token: token({ id: "unseen", name: "ci" }) });
    assert.equal(seen.changes, 1, "the list is reloaded");
  });

  test("can be revoked, after which the next attempt creates one", async () => {
    const { rendered, seen, outcome, lost, created } = await page();
    await outcome(lost("unseen"));
    await rendered.act(() => rendered.current.revoke());
    assert.deepEqual([seen.revoked, rendered.current.state.kind, seen.changes], [["unseen"], "revoked", 2]);
    assert.equal(seen.settled, 1, "the next attempt has another key");
    assert.equal(await outcome(() => created("second").then(() => "created")), "created");
    assert.equal(rendered.current.state.kind, "none");
  });

  test("is shown when the server answers that an earlier attempt created it", async () => {
    const { rendered, seen, outcome, created } = await page();
    await created("first");
    const repeated = await outcome(() => Promise.reject(repeatedAttempt("first")), "another name");
    assert.ok(repeated instanceof Problem && repeated.isRepeated);
    assert.deepEqual(rendered.current.state, {
      kind: "found",
      token: token({ id: "first", name: "ci" }),
      repeated: true,
    });
    await rendered.act(() => rendered.current.revoke());
    assert.deepEqual([seen.revoked, rendered.current.state.kind, seen.settled], [["first"], "revoked", 1]);
  });

  test("that was revoked elsewhere needs no revocation", async () => {
    const { rendered, seen, outcome, created } = await page();
    await created("first", "revoked");
    await outcome(() => Promise.reject(repeatedAttempt("first")));
    assert.deepEqual([rendered.current.state.kind, seen.settled, seen.revoked], ["revoked", 1, []]);
  });

  test("that cannot be read is named by the server's message only", async () => {
    const { rendered, seen, outcome } = await page();
    await outcome(async () => {
      seen.problem = LOST;
      throw repeatedAttempt("first");
    });
    assert.equal(rendered.current.state.kind, "none");
  });

  test("stays on offer if it cannot be revoked now", async () => {
    const { rendered, seen, outcome, lost } = await page();
    await outcome(lost("unseen"));
    seen.problem = LOST;
    await rendered.act(() => rendered.current.revoke());
    const { state } = rendered.current;
    assert.deepEqual([state.kind, "problem" in state && state.problem], ["found", LOST]);
  });
});

describe("an attempt", () => {
  test("that created nothing can be repeated", async () => {
    const { rendered, outcome, created } = await page();
    await outcome(() => Promise.reject(LOST));
    assert.equal(rendered.current.state.kind, "lost");
    assert.equal(await outcome(() => created("first").then(() => "created")), "created");
    assert.equal(rendered.current.state.kind, "none");
  });

  test("that the server refused created nothing", async () => {
    const { rendered, seen, outcome } = await page();
    const refused = new Problem("refused", 400);
    assert.equal(await outcome(() => Promise.reject(refused)), refused);
    assert.deepEqual([rendered.current.state.kind, seen.changes, seen.lists], ["none", 0, 1]);
  });

  test("is not made while the server cannot be reached", async () => {
    const { rendered, seen, outcome } = await page();
    seen.problem = LOST;
    assert.equal(await outcome(() => Promise.reject(new Error("called"))), LOST);
    assert.equal(rendered.current.state.kind, "none");
  });

  test("is made by a user who may not list tokens", async () => {
    const { seen, outcome } = await page();
    seen.problem = new Problem("refused", 403);
    assert.equal(await outcome(() => Promise.resolve("created")), "created");
  });
});
