import "../support/console";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { type Draft, EMPTY_DRAFT } from "../../src/shared/draft";
import { NO_RULES } from "../../src/shared/lifetime";
import { oneTimeToken } from "../../src/shared/oneTimeToken";
import { Problem } from "../../src/shared/problem";
import type { ApiToken, CreatedToken, TokenRequest } from "../../src/shared/tokens";
import { useCreation } from "../../src/shared/useCreation";
import { useLoaded } from "../../src/shared/useLoaded";
import { useSelection } from "../../src/shared/useSelection";
import { renderHook } from "../support/hooks";
import { token } from "../support/tokens";

describe("what is loaded", () => {
  interface Load {
    signal: AbortSignal;
    answer(value: string): void;
    fail(problem: unknown): void;
  }

  async function loading() {
    const loads: Load[] = [];
    const hook = ({ key }: { key: string }) =>
      useLoaded("initial", key, (signal) => new Promise((answer, fail) => loads.push({ signal, answer, fail })));
    const rendered = await renderHook(hook, { key: "first" });
    return { loads, rendered };
  }

  test("is the initial value until the first is there", async () => {
    const { loads, rendered } = await loading();
    assert.deepEqual([rendered.current.value, rendered.current.loading], ["initial", true]);
    await rendered.act(() => loads[0]?.answer("one"));
    assert.deepEqual([rendered.current.value, rendered.current.loading], ["one", false]);
  });

  test("is loaded anew by another key, and stays until then", async () => {
    const { loads, rendered } = await loading();
    await rendered.act(() => loads[0]?.answer("one"));
    await rendered.render({ key: "second" });
    assert.deepEqual([rendered.current.value, rendered.current.loading], ["one", true]);
    await rendered.act(() => loads[1]?.answer("two"));
    assert.deepEqual([rendered.current.value, rendered.current.loading], ["two", false]);
  });

  test("is not loaded anew by another render", async () => {
    const { loads, rendered } = await loading();
    await rendered.render({ key: "first" });
    assert.equal(loads.length, 1);
  });

  test("is loaded anew on request, by the same key", async () => {
    const { loads, rendered } = await loading();
    await rendered.act(() => loads[0]?.answer("one"));
    await rendered.act(() => rendered.current.reload());
    assert.equal(loads.length, 2);
    assert.equal(rendered.current.loading, true);
  });

  test("is no longer awaited once another key counts", async () => {
    const { loads, rendered } = await loading();
    await rendered.render({ key: "second" });
    assert.equal(loads[0]?.signal.aborted, true);
    assert.equal(loads[1]?.signal.aborted, false);
  });

  test("is no longer awaited once the page is gone", async () => {
    const { loads, rendered } = await loading();
    await rendered.unmount();
    assert.equal(loads[0]?.signal.aborted, true);
  });

  test("stays beside the problem of the next, which ends with the one after", async () => {
    const { loads, rendered } = await loading();
    await rendered.act(() => loads[0]?.answer("one"));
    await rendered.act(() => rendered.current.reload());
    await rendered.act(() => loads[1]?.fail(new Problem("server", 503)));
    assert.deepEqual([rendered.current.value, rendered.current.problem?.status], ["one", 503]);
    await rendered.act(() => rendered.current.reload());
    await rendered.act(() => loads[2]?.answer("two"));
    assert.deepEqual([rendered.current.value, rendered.current.problem], ["two", undefined]);
  });
});

describe("a selection", () => {
  const one = token({ id: "1" });
  const two = token({ id: "2" });
  const revoked = token({ id: "3", status: "revoked" });

  const selecting = (shown: ApiToken[]) =>
    renderHook(({ tokens }) => useSelection(tokens, ({ status }) => status !== "revoked"), { tokens: shown });

  test("has the tokens that are ticked and not those that are ticked off again", async () => {
    const rendered = await selecting([one, two]);
    await rendered.act(() => rendered.current.toggle(one, true));
    await rendered.act(() => rendered.current.toggle(two, true));
    await rendered.act(() => rendered.current.toggle(one, false));
    assert.deepEqual(rendered.current.tokens, [two]);
    assert.deepEqual([rendered.current.has(one), rendered.current.has(two)], [false, true]);
  });

  test("of all has only those that can be revoked", async () => {
    const rendered = await selecting([one, two, revoked]);
    await rendered.act(() => rendered.current.toggleAll(true));
    assert.deepEqual(rendered.current.tokens, [one, two]);
    assert.equal(rendered.current.allSelected, true);
    await rendered.act(() => rendered.current.toggle(one, false));
    assert.equal(rendered.current.allSelected, false);
    await rendered.act(() => rendered.current.toggleAll(false));
    assert.deepEqual(rendered.current.tokens, []);
  });

  test("of none among none is not all", async () => {
    assert.equal((await selecting([revoked])).current.allSelected, false);
  });

  test("keeps what the next list contains, before it is shown", async () => {
    const rendered = await selecting([one, two]);
    await rendered.act(() => rendered.current.toggleAll(true));
    const before = rendered.all.length;
    const again = token({ id: "2", name: "renamed" });
    await rendered.render({ tokens: [again] });
    assert.ok(rendered.all.slice(before).every(({ tokens }) => tokens.length === 1 && tokens[0] === again));
    await rendered.render({ tokens: [one, again] });
    assert.deepEqual(rendered.current.tokens, [again]);
  });
});

describe("the creation of a token", () => {
  const draft: Draft = { ...EMPTY_DRAFT, name: "ci", expiry: "30" };
  const created: CreatedToken = { ...token(), token: "qh_secret" };

  beforeEach(() => oneTimeToken.set(undefined));

  async function creating(send: (request: TokenRequest) => Promise<CreatedToken>) {
    let done = 0;
    const rendered = await renderHook(() => useCreation(NO_RULES, send, () => done++), undefined);
    return { rendered, done: () => done };
  }

  test("hands the secret over to be shown once", async () => {
    const { rendered, done } = await creating(async () => created);
    await rendered.act(() => rendered.current.create(draft));
    assert.equal(oneTimeToken.get()?.token, "qh_secret");
    assert.equal(done(), 1);
    assert.equal(rendered.current.busy, false);
  });

  test("is not asked for while the form has mistakes", async () => {
    const { rendered, done } = await creating(() => assert.fail("was asked for"));
    await rendered.act(() => rendered.current.create({ ...draft, name: "" }));
    assert.deepEqual(rendered.current.errors, { name: "apiTokensNameMissing" });
    assert.equal(done(), 0);
  });

  test("is asked for once, however often the button is pressed", async () => {
    let asked = 0;
    const { rendered } = await creating(() => {
      asked++;
      return new Promise(() => {});
    });
    await rendered.act(() => void rendered.current.create(draft));
    assert.equal(rendered.current.busy, true);
    await rendered.act(() => rendered.current.create(draft));
    assert.equal(asked, 1);
  });

  test("says at the field what the server has against it", async () => {
    const { rendered } = await creating(() => Promise.reject(new Problem("refused", 400, "The name is reserved.")));
    await rendered.act(() => rendered.current.create(draft));
    assert.deepEqual(rendered.current.refusal, { field: "name", text: "The name is reserved." });
    assert.equal(rendered.current.problem, undefined);
    assert.equal(oneTimeToken.get(), undefined);
  });

  test("says above the form what is no field's fault", async () => {
    const { rendered } = await creating(() => Promise.reject(new Problem("server", 500)));
    await rendered.act(() => rendered.current.create(draft));
    assert.equal(rendered.current.problem?.kind, "server");
    assert.equal(rendered.current.refusal, undefined);
    assert.equal(rendered.current.busy, false);
  });
});
