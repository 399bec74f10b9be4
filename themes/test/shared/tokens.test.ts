import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { store } from "../../src/shared/store";
import { expiresSoon, shortForm } from "../../src/shared/tokens";
import { daysFromNow, NOW, token } from "../support/tokens";

test("a token's short form has its prefix and nothing else of it", () => {
  assert.equal(shortForm(token()), "qh_abc123…");
});

describe("a token expires soon", () => {
  test("in its last week", () => {
    assert.equal(expiresSoon(token({ expiresAt: daysFromNow(7).toISOString() }), NOW), true);
    assert.equal(expiresSoon(token({ expiresAt: new Date(daysFromNow(7).getTime() + 1).toISOString() }), NOW), false);
  });

  test("never where it does not expire", () => {
    assert.equal(expiresSoon(token({ expiresAt: null }), NOW), false);
  });

  test("no more once it is revoked or expired", () => {
    for (const status of ["revoked", "expired"] as const) {
      assert.equal(expiresSoon(token({ status, expiresAt: daysFromNow(1).toISOString() }), NOW), false);
    }
  });
});

test("a store tells those who listen, as long as they do", () => {
  const values: number[] = [];
  const numbers = store(1);
  const stop = numbers.subscribe(() => values.push(numbers.get()));
  numbers.set(2);
  stop();
  numbers.set(3);
  assert.deepEqual(values, [2]);
  assert.equal(numbers.get(), 3);
});
