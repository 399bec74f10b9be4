import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { store } from "../../src/shared/store";
import { shortDescription, shortForm, shownStatus } from "../../src/shared/tokens";
import { daysFromNow, NOW, token } from "../support/tokens";

test("a token's short form has its prefix and nothing else of it", () => {
  assert.equal(shortForm(token()), "qh_abc123…");
});

describe("a description in a list", () => {
  const table: [string, string][] = [
    ["two\nlines", "two\nlines"],
    ["x".repeat(120), "x".repeat(120)],
    ["x".repeat(121), `${"x".repeat(100)}…`],
    ["🔑".repeat(121), `${"🔑".repeat(100)}…`],
    ["a\nb\nc", "a\nb…"],
    [`a\n\n${"x".repeat(200)}`, "a…"],
  ];
  for (const [whole, shown] of table) {
    test(`${JSON.stringify(whole.slice(0, 20))} is ${whole === shown ? "whole" : "its beginning"}`, () => {
      assert.equal(shortDescription(whole), shown);
    });
  }
});

describe("a token expires soon", () => {
  const shown = (created: number, expires: number, late = 0) => {
    const createdAt = daysFromNow(created).toISOString();
    return shownStatus(
      token({ createdAt, expiresAt: new Date(daysFromNow(expires).getTime() + late).toISOString() }),
      NOW,
    );
  };

  test("in its last week, if its lifetime is four weeks or more", () => {
    assert.equal(shown(-80, 7), "soon");
    assert.equal(shown(-80, 7, 1), "active");
    assert.equal(shown(-21, 7), "soon");
  });

  test("in the last quarter of a shorter lifetime", () => {
    assert.equal(shown(0, 7), "active");
    assert.equal(shown(0, 1), "active");
    assert.equal(shown(-6, 2), "soon");
    assert.equal(shown(-6, 2, 4), "active");
  });

  test("never where it does not expire", () => {
    assert.equal(shownStatus(token({ expiresAt: null }), NOW), "active");
  });

  test("no more once it is revoked or expired", () => {
    for (const status of ["revoked", "expired"] as const) {
      assert.equal(shownStatus(token({ status, expiresAt: daysFromNow(1).toISOString() }), NOW), status);
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
