import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Draft, EMPTY_DRAFT } from "../../src/shared/draft";
import { NO_RULES } from "../../src/shared/lifetime";
import { check, checkExpiry, expiryOf, fieldOf, requestOf } from "../../src/shared/validation";
import { daysFromNow, NOW } from "../support/tokens";

const draft = (values: Partial<Draft> = {}): Draft => ({ ...EMPTY_DRAFT, name: "ci", expiry: "30", ...values });
const errorsOf = (values: Partial<Draft>) => check(draft(values), NOW, NO_RULES);
const onDate = (date: string) => ({ expiry: "date", date }) as const;

describe("the form for a new token", () => {
  test("accepts a name and a scope", () => {
    assert.deepEqual(errorsOf({}), {});
  });

  const names: [string, string | undefined][] = [
    ["", "apiTokensNameMissing"],
    ["  ", "apiTokensNameMissing"],
    ["x".repeat(100), undefined],
    ["x".repeat(101), "apiTokensNameTooLong"],
    ["🔑".repeat(100), undefined],
    ["two\nlines", "apiTokensNameInvisible"],
    ["a\u2028separator", "apiTokensNameInvisible"],
    ["half a pair \ud83d", "apiTokensNameInvisible"],
    [" spaces around ", undefined],
    ["Prüfläufe – Nacht 🌙", undefined],
    ["می\u200cخواهم क्\u200dष", undefined],
    ["👩\u200d💻 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3 葛\u{e0100}", undefined],
    ["\u{1fae9} of a later Unicode", undefined],
    ["rotated from qh_ab12cd", undefined],
    ["\u202egnp.exe", "apiTokensNameInvisible"],
    ["a\u200bb", "apiTokensNameInvisible"],
    ["c\u200di", "apiTokensNameInvisible"],
    ["👩\u200d", "apiTokensNameInvisible"],
    ["ci\ufe0f", "apiTokensNameInvisible"],
    ["\u3164", "apiTokensNameInvisible"],
    ["\u0301", "apiTokensNameInvisible"],
    ["a\ue000", "apiTokensNameInvisible"],
    ["a\u0378", "apiTokensNameInvisible"],
    [`TOKEN=qh_ab12cd_${"x".repeat(35)}`, "apiTokensNameSecret"],
  ];
  for (const [name, error] of names) {
    const shown = JSON.stringify([...name].length > 20 ? `${[...name][0]} × ${[...name].length}` : name);
    test(`says ${error ?? "nothing"} about the name ${shown}`, () => {
      assert.equal(errorsOf({ name }).name, error);
    });
  }

  const descriptions: [string, string | undefined][] = [
    ["", undefined],
    [" two\nlines\n\n", undefined],
    ["x".repeat(500), undefined],
    ["x".repeat(501), "apiTokensDescriptionTooLong"],
    ["🔑".repeat(500), undefined],
    ["tab\tbed", "apiTokensDescriptionInvisible"],
    ["\u202egnp.exe", "apiTokensDescriptionInvisible"],
    [`export TOKEN=qh_ab12cd_${"x".repeat(35)}`, "apiTokensDescriptionSecret"],
  ];
  for (const [description, error] of descriptions) {
    test(`says ${error ?? "nothing"} about the description ${JSON.stringify(description.slice(0, 20))}`, () => {
      assert.equal(errorsOf({ description }).description, error);
    });
  }

  test("wants at least one scope", () => {
    assert.deepEqual(errorsOf({ scopes: [] }), { scopes: "apiTokensScopesMissing" });
  });

  test("wants a client only where the token is a client's", () => {
    assert.deepEqual(errorsOf({ client: " " }), { client: "apiTokensClientMissing" });
    assert.deepEqual(errorsOf({ client: "ci-runner" }), {});
  });

  describe("under a policy that wants an organization", () => {
    const organizations = [{ alias: "acme", name: "Acme" }];
    const rules = { ...NO_RULES, organizationRequired: true, organizations };
    const errorOf = (values: Partial<Draft>, more = {}) =>
      check(draft(values), NOW, { ...rules, ...more }).organization;

    test("has to have one", () => {
      assert.equal(errorOf({}), "apiTokensOrganizationMissing");
      assert.equal(errorOf({ organization: "acme" }), undefined);
    });

    test("says that there is none to choose", () => {
      assert.equal(errorOf({}, { organizations: [] }), "apiTokensOrganizationNone");
    });

    test("does not need one for a client", () => {
      assert.equal(errorOf({ client: "ci" }), undefined);
    });
  });

  test("accepts networks in CIDR notation, within those of the realm", () => {
    assert.deepEqual(errorsOf({ allowedNetworks: "10.0.0.0/8\n2001:db8::1" }), {});
    assert.deepEqual(errorsOf({ allowedNetworks: "10.0.0.0/8\noffice" }), { networks: "apiTokensNetworkInvalid" });
    const rules = { ...NO_RULES, allowedNetworks: ["192.0.2.0/24"] };
    assert.deepEqual(check(draft({ allowedNetworks: "10.0.0.0/8" }), NOW, rules), {
      networks: "apiTokensNetworkOutside",
    });
  });

  test("says all that is wrong at once", () => {
    const wrong = { client: "", name: "", expiry: "date", date: "", allowedNetworks: "office" } as const;
    assert.deepEqual(Object.keys(errorsOf({ ...wrong, scopes: [] })), [
      "client",
      "name",
      "scopes",
      "expiry",
      "networks",
    ]);
  });
});

describe("a date of the user's choice", () => {
  test("has to be one", () => {
    assert.equal(checkExpiry(onDate(""), NOW, NO_RULES), "apiTokensDateMissing");
    assert.equal(checkExpiry(onDate("2026-13-01"), NOW, NO_RULES), "apiTokensDateMissing");
  });

  test("may be today, until the day is over where the user is", () => {
    const lastSecond = new Date("2026-07-01T23:59:58+02:00");
    assert.equal(checkExpiry(onDate("2026-07-01"), lastSecond, NO_RULES), undefined);
    assert.equal(
      checkExpiry(onDate("2026-07-01"), new Date("2026-07-02T00:00:00+02:00"), NO_RULES),
      "apiTokensDatePast",
    );
  });

  test("may be the day of the latest expiry, and not the day after", () => {
    const rules = { ...NO_RULES, latestExpiry: "2026-07-31T12:00:00Z" };
    assert.equal(checkExpiry(onDate("2026-07-31"), NOW, rules), undefined);
    assert.equal(checkExpiry(onDate("2026-08-01"), NOW, rules), "apiTokensDateBeyondRules");
  });

  test("must lie within 100 years", () => {
    assert.equal(checkExpiry(onDate("2126-06-30"), NOW, NO_RULES), undefined);
    assert.equal(checkExpiry(onDate("2126-07-02"), NOW, NO_RULES), "apiTokensDateTooFar");
  });

  test("counts only where a date was chosen", () => {
    assert.equal(checkExpiry({ expiry: "30", date: "1999-01-01" }, NOW, NO_RULES), undefined);
  });
});

describe("the expiry of a new token", () => {
  test("is so many days from now", () => {
    assert.deepEqual(expiryOf({ expiry: "30", date: "" }, NOW, NO_RULES), daysFromNow(30));
  });

  test("is the last second of a date where the user is", () => {
    assert.deepEqual(expiryOf(onDate("2026-12-31"), NOW, NO_RULES), new Date("2026-12-31T23:59:59+01:00"));
  });

  test("is never where none was chosen", () => {
    assert.equal(expiryOf({ expiry: "none", date: "2026-12-31" }, NOW, NO_RULES), undefined);
  });

  test("is the latest one where the user's clock is ahead of the server's", () => {
    const latestExpiry = daysFromNow(29.9).toISOString();
    assert.deepEqual(expiryOf({ expiry: "30", date: "" }, NOW, { ...NO_RULES, latestExpiry }), new Date(latestExpiry));
  });
});

describe("the request for a new token", () => {
  test("has the name and the client without the spaces around them", () => {
    assert.deepEqual(requestOf(draft({ name: " ci ", client: " runner " }), NOW, NO_RULES), {
      client: "runner",
      name: "ci",
      scopes: ["read"],
      expiresAt: daysFromNow(30).toISOString(),
    });
  });

  test("has a description only where there is one", () => {
    assert.equal("description" in requestOf(draft({ description: " \n" }), NOW, NO_RULES), false);
    assert.equal(requestOf(draft({ description: " two\nlines " }), NOW, NO_RULES).description, "two\nlines");
  });

  test("names the organization only where there is one", () => {
    assert.equal("organization" in requestOf(draft({ organization: "" }), NOW, NO_RULES), false);
    assert.equal(requestOf(draft({ organization: "acme" }), NOW, NO_RULES).organization, "acme");
  });

  test("has networks only where there are some", () => {
    assert.equal("allowedNetworks" in requestOf(draft({ allowedNetworks: " \n" }), NOW, NO_RULES), false);
    assert.deepEqual(requestOf(draft({ allowedNetworks: "10.0.0.0/8, ::1" }), NOW, NO_RULES).allowedNetworks, [
      "10.0.0.0/8",
      "::1",
    ]);
  });

  test("says outright that the token shall not expire", () => {
    assert.equal(requestOf(draft({ expiry: "none" }), NOW, NO_RULES).expiresAt, null);
  });
});

describe("a refusal of the server", () => {
  const table: [string, string | undefined][] = [
    ["The name must not be blank.", "name"],
    ["Unknown scope: admin", "scopes"],
    ["expiresAt is not a date", "expiry"],
    ["Choose an organization of which you are a member.", "organization"],
    ["The expiry of this name lies in the past", "expiry"],
    ["The description must be at most 500 characters long.", "description"],
    ["The description must not contain an API token. A description is not secret.", "description"],
    ["allowedNetworks must contain at most 40 networks.", "networks"],
    ["This realm does not allow tokens to be used from 10.0.0.0/8; choose from these networks: ::/0.", "networks"],
    ["Unknown scope: networks", "scopes"],
    ["The realm attribute apiTokens.allowedNetworks must be networks in CIDR notation.", undefined],
    ["You have too many tokens.", undefined],
    ["Rename nothing", undefined],
  ];
  for (const [description, field] of table) {
    test(`"${description}" speaks of ${field ?? "no field"}`, () => {
      assert.equal(fieldOf(description, draft()), field);
    });
  }

  test("speaks of the client only where the form has one", () => {
    assert.equal(fieldOf("The client has no service account.", draft({ client: "x" })), "client");
    assert.equal(fieldOf("The client has no service account.", draft()), undefined);
  });
});
