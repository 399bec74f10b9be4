import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { daysOnOffer, LONGEST_LIFE_DAYS, mayKeep, NO_RULES, settled } from "../../src/shared/lifetime";

const rules = (values: Partial<typeof NO_RULES>) => ({ ...NO_RULES, ...values });
const choice = (expiry: Parameters<typeof settled>[0]["expiry"]) => ({ expiry, date: "" });

describe("the lifetimes on offer", () => {
  test("are the usual ones where the realm has no rule", () => {
    assert.deepEqual(daysOnOffer(NO_RULES, choice("default")), [7, 30, 60, 90]);
  });

  test("end with the realm's longest", () => {
    assert.deepEqual(daysOnOffer(rules({ maxLifetimeDays: 45 }), choice("default")), [7, 30, 45]);
  });

  test("have the realm's default among them, in order", () => {
    assert.deepEqual(daysOnOffer(rules({ defaultLifetimeDays: 14 }), choice("default")), [7, 14, 30, 60, 90]);
  });

  test("are one alone where the longest is shorter than all usual ones", () => {
    assert.deepEqual(daysOnOffer(rules({ maxLifetimeDays: 1 }), choice("default")), [1]);
  });

  test("have the chosen one among them, which may come from a link", () => {
    assert.deepEqual(daysOnOffer(NO_RULES, choice("14")), [7, 14, 30, 60, 90]);
    assert.deepEqual(daysOnOffer(rules({ maxLifetimeDays: 10 }), choice("14")), [7, 10]);
    assert.deepEqual(daysOnOffer(NO_RULES, choice("0")), [7, 30, 60, 90]);
  });

  test("are never longer than a token can live", () => {
    assert.equal(daysOnOffer(rules({ maxLifetimeDays: 1_000_000 }), choice("default")).at(-1), 90);
    assert.equal(
      daysOnOffer(rules({ maxLifetimeDays: LONGEST_LIFE_DAYS }), choice("default")).at(-1),
      LONGEST_LIFE_DAYS,
    );
  });
});

describe("a choice of lifetime", () => {
  test("is the default of 30 days where nothing was chosen", () => {
    assert.equal(settled(choice("default"), NO_RULES).expiry, "30");
  });

  test("is the realm's default where nothing was chosen", () => {
    assert.equal(settled(choice("default"), rules({ defaultLifetimeDays: 14 })).expiry, "14");
  });

  test("is the realm's longest where its default is longer", () => {
    assert.equal(settled(choice("default"), rules({ defaultLifetimeDays: 14, maxLifetimeDays: 7 })).expiry, "7");
  });

  test("stays what is allowed", () => {
    for (const expiry of ["7", "14", "none", "date", "keep"] as const) {
      assert.equal(settled(choice(expiry), NO_RULES).expiry, expiry);
    }
  });

  test("cannot be none where the realm has a longest lifetime", () => {
    assert.equal(settled(choice("none"), rules({ maxLifetimeDays: 60 })).expiry, "30");
  });

  test("cannot be longer than the realm's longest", () => {
    assert.equal(settled(choice("90"), rules({ maxLifetimeDays: 60 })).expiry, "30");
  });

  test("leaves the rest of a form alone", () => {
    const form = { ...choice("default"), name: "ci" };
    assert.deepEqual(settled(form, NO_RULES), { expiry: "30", date: "", name: "ci" });
  });
});

describe("a token that is rotated", () => {
  const latestExpiry = "2026-08-01T00:00:00Z";

  test("may keep any expiry, or none, where the realm has no rule", () => {
    assert.equal(mayKeep(null, NO_RULES), true);
    assert.equal(mayKeep("2099-01-01T00:00:00Z", NO_RULES), true);
  });

  test("may keep an expiry up to the latest one", () => {
    assert.equal(mayKeep(latestExpiry, rules({ latestExpiry })), true);
    assert.equal(mayKeep("2026-08-01T00:00:01Z", rules({ latestExpiry })), false);
  });

  test("must get an expiry where the realm wants one", () => {
    assert.equal(mayKeep(null, rules({ latestExpiry })), false);
  });
});
