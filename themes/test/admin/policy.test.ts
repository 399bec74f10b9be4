import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { changesOf, hasNoRules, policyOf, withRules } from "../../src/admin/policy";
import { formMistakes, mistakesIn } from "../../src/admin/policyMistakes";

const NOTHING_SET = policyOf();

describe("the realm's policy", () => {
  test("is read from its attributes, blank where nothing is set", () => {
    const policy = policyOf({ "apiTokens.maxLifetimeDays": " 90 ", "apiTokens.notices": "false", other: "x" });
    assert.equal(policy.maxLifetimeDays, "90");
    assert.equal(policy.notices, "false");
    assert.equal(policy.idleDays, "");
    assert.equal("other" in policy, false);
  });

  test("has no rules if only other attributes are set", () => {
    assert.equal(hasNoRules(policyOf({ "apiTokens.idleDays": " ", frontendUrl: "https://a" })), true);
    assert.equal(hasNoRules(policyOf({ "apiTokens.notices": "true" })), false);
  });

  test("has the rules that docs/policies.md describes", () => {
    assert.deepEqual(Object.keys(NOTHING_SET).sort(), [
      "allowedClients",
      "allowedNetworks",
      "defaultLifetimeDays",
      "helpUrl",
      "idleDays",
      "keepInactiveDays",
      "maxLifetimeDays",
      "notices",
      "organizationRequired",
      "reauthenticateSeconds",
      "recordAddress",
      "revokeOnLogoutAll",
      "revokeOnPasswordChange",
    ]);
  });

  test("is saved as far as it was changed", () => {
    const stored = policyOf({ "apiTokens.maxLifetimeDays": "90", "apiTokens.idleDays": "30" });
    assert.deepEqual(changesOf(stored, { ...stored, maxLifetimeDays: "60" }), { maxLifetimeDays: "60" });
    assert.deepEqual(changesOf(stored, { ...stored, idleDays: "" }), { idleDays: "" });
    assert.deepEqual(changesOf(stored, stored), {});
  });

  test("becomes attributes beside the realm's others, and unsets what is blank", () => {
    const attributes = { "apiTokens.idleDays": "30", "apiTokens.notices": "false", frontendUrl: "https://a" };
    assert.deepEqual(withRules(attributes, { maxLifetimeDays: " 60 ", idleDays: " " }), {
      "apiTokens.maxLifetimeDays": "60",
      "apiTokens.notices": "false",
      frontendUrl: "https://a",
    });
    assert.equal(attributes["apiTokens.idleDays"], "30");
  });

  test("is the same once it was saved and read again", () => {
    const policy = { ...NOTHING_SET, maxLifetimeDays: "60", allowedClients: "a b", recordAddress: "true" };
    assert.deepEqual(policyOf(withRules({}, policy)), policy);
  });
});

describe("a rule's value", () => {
  const table: [string, string, boolean][] = [
    ["maxLifetimeDays", "", true],
    ["maxLifetimeDays", "1", true],
    ["maxLifetimeDays", "0", false],
    ["maxLifetimeDays", " 30 ", true],
    ["maxLifetimeDays", "-1", false],
    ["maxLifetimeDays", "1.5", false],
    ["maxLifetimeDays", "1e3", false],
    ["maxLifetimeDays", "thirty", false],
    ["maxLifetimeDays", "100000000", true],
    ["maxLifetimeDays", "100000001", false],
    ["reauthenticateSeconds", "0", true],
    ["reauthenticateSeconds", "59", false],
    ["reauthenticateSeconds", "60", true],
    ["keepInactiveDays", "0", true],
    ["idleDays", "0", false],
    ["notices", "true", true],
    ["notices", "yes", false],
    ["allowedClients", "any text at all", true],
    ["allowedNetworks", "10.0.0.0/8 2001:db8::/32,192.0.2.1\n", true],
    ["allowedNetworks", "10.0.0.0/8, office", false],
    ["allowedNetworks", "10.1.2.3/8", false],
    ["helpUrl", "https://wiki.example.com/api-tokens?a=b%20c&d#e", true],
    ["helpUrl", " http://localhost:8080 ", true],
    ["helpUrl", "HTTPS://10.0.0.1/", true],
    ["helpUrl", "wiki.example.com", false],
    ["helpUrl", "ftp://example.com", false],
    ["helpUrl", "javascript:alert(1)//https://a", false],
    ["helpUrl", "https://", false],
    ["helpUrl", "https://user:secret@example.com", false],
    ["helpUrl", "https://my_host/", false],
    ["helpUrl", "https://example.com/a b", false],
    ["helpUrl", "https://example.com/100%", false],
  ];
  for (const [rule, value, isRight] of table) {
    test(`${rule} ${isRight ? "may" : "must not"} be "${value}"`, () => {
      assert.deepEqual(Object.keys(mistakesIn({ ...NOTHING_SET, [rule]: value })), isRight ? [] : [rule]);
    });
  }
});

describe("a mistake in the form", () => {
  const mistakes = (edits: Record<string, string>, stored = {}, unknown: string[] = []) =>
    formMistakes({ ...NOTHING_SET, ...stored, ...edits }, edits, unknown);

  test("is a default above the maximum, and stands where the value was changed", () => {
    const above = { defaultLifetimeDays: "aboveMaximum" };
    assert.deepEqual(mistakes({ maxLifetimeDays: "30", defaultLifetimeDays: "31" }), above);
    assert.deepEqual(mistakes({ defaultLifetimeDays: "31" }, { maxLifetimeDays: "30" }), above);
    assert.deepEqual(mistakes({ maxLifetimeDays: "29" }, { defaultLifetimeDays: "30" }), {
      maxLifetimeDays: "aboveMaximum",
    });
    assert.deepEqual(mistakes({ maxLifetimeDays: "30", defaultLifetimeDays: " 30 " }), {});
    assert.deepEqual(mistakes({ maxLifetimeDays: "", defaultLifetimeDays: "31" }), {});
    assert.deepEqual(mistakes({ maxLifetimeDays: "soon", defaultLifetimeDays: "31" }), { maxLifetimeDays: "invalid" });
  });

  test("is a sign-in that is too recent", () => {
    const tooRecent = { reauthenticateSeconds: "tooRecent" };
    assert.deepEqual(mistakes({ reauthenticateSeconds: "1" }), tooRecent);
    assert.deepEqual(mistakes({ reauthenticateSeconds: "-1" }), { reauthenticateSeconds: "invalid" });
  });

  test("is a client that does not exist", () => {
    const unknownClient = { allowedClients: "unknownClient" };
    assert.deepEqual(mistakes({ allowedClients: "cli, typo" }, {}, ["typo"]), unknownClient);
    assert.deepEqual(mistakes({ allowedClients: "cli" }, {}, ["typo"]), {});
  });

  test("may have been stored elsewhere, where it also stops the creation of tokens", () => {
    const stored = { reauthenticateSeconds: "12", maxLifetimeDays: "7", defaultLifetimeDays: "30" };
    assert.deepEqual(mistakes({ idleDays: "90" }, stored), {
      reauthenticateSeconds: "tooRecent",
      defaultLifetimeDays: "aboveMaximum",
    });
  });
});
