import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Draft, EMPTY_DRAFT } from "../../src/shared/draft";
import { NO_RULES } from "../../src/shared/lifetime";
import {
  BUILT_IN_SCOPES,
  type CreationRules,
  groupsOf,
  isScopeName,
  matches,
  type Scope,
  settledDraft,
  shownName,
} from "../../src/shared/scopes";

const scope = (name: string, ...resourceServers: string[]): Scope => ({
  name,
  text: `Text of ${name}`,
  builtIn: false,
  resourceServers,
});
const CASES = [scope("cases:read", "cases-api"), scope("cases:write", "cases-api")];
const ALL = [...CASES, ...BUILT_IN_SCOPES];

describe("a scope's name", () => {
  const names: [string, boolean][] = [
    ["read", true],
    ["https://api.example.com/cases,v1", true],
    ["x".repeat(255), true],
    ["x".repeat(256), false],
    ["", false],
    ["two words", false],
    ['a"b', false],
    ["a\\b", false],
    ["prüfen", false],
    ["a\n", false],
  ];
  for (const [name, valid] of names) {
    test(`${JSON.stringify(name.slice(0, 40))} (${name.length}) is ${valid ? "" : "not "}allowed`, () => {
      assert.equal(isScopeName(name), valid);
    });
  }
});

test("a name of a link is shown unchanged, but cannot reorder or break the text around it", () => {
  assert.equal(shownName("cases:read"), "cases:read");
  assert.equal(shownName("prüfen"), "\u2068prüfen\u2069");
  assert.equal(shownName("a\u202Eb\u0000"), "\u2068a\uFFFDb\uFFFD\u2069");
  assert.equal(shownName("x".repeat(300)).length, 257);
});

describe("the groups of scopes", () => {
  const titles = (scopes: Scope[]) =>
    groupsOf(scopes).map((group) => [group.resourceServers, group.scopes.map(({ name }) => name)]);

  test("are one where nothing is defined", () => {
    assert.deepEqual(titles([...BUILT_IN_SCOPES]), [[null, ["read", "write"]]]);
  });

  test("are one for each set of resource servers: first all of them, last none", () => {
    assert.deepEqual(
      titles([scope("lost"), scope("runs", "runs-api"), scope("both", "cases-api", "runs-api"), ...ALL]),
      [
        [null, ["read", "write"]],
        [["cases-api"], ["cases:read", "cases:write"]],
        [["cases-api", "runs-api"], ["both"]],
        [["runs-api"], ["runs"]],
        [[], ["lost"]],
      ],
    );
  });
});

describe("a search for scopes", () => {
  const found = (search: string) => matches(scope("cases:read", "tracker"), "Testfälle ansehen", search);

  test("finds name, text and resource server, in any case and order", () => {
    for (const search of ["", "CASES", "testFÄLLE", "tracker", "ansehen cases:"]) {
      assert.equal(found(search), true, search);
    }
  });

  test("finds only what has all the words", () => {
    assert.equal(found("cases write"), false);
  });
});

describe("the form under the realm's rules", () => {
  const settled = (draft: Partial<Draft>, rules: Partial<CreationRules> = {}) =>
    settledDraft({ ...EMPTY_DRAFT, ...draft }, { ...NO_RULES, ...rules });

  test("has the scope that changes nothing where the realm defines none", () => {
    for (const rules of [{}, { scopes: BUILT_IN_SCOPES }]) {
      const { draft, notOffered } = settled({}, rules);
      assert.deepEqual([draft.scopes, notOffered], [["read"], []]);
    }
  });

  test("has no scope at first where the realm defines some, which grant less", () => {
    const { draft, notOffered } = settled({}, { scopes: ALL });
    assert.deepEqual([draft.scopes, notOffered], [[], []]);
  });

  test("has those of a link, and says which are not on offer", () => {
    const link = { scopes: ["write,admin", "cases:read", "admin", 'a"b'], scopesChosen: true };
    const { draft, notOffered } = settled(link, { scopes: ALL });
    assert.deepEqual(
      [draft.scopes, notOffered],
      [
        ["cases:read", "write"],
        ["admin", 'a"b'],
      ],
    );
  });

  test("takes a name with a comma for one name where there is such a scope", () => {
    const link = { scopes: ["a,b"], scopesChosen: true };
    assert.deepEqual(settled(link, { scopes: [scope("a,b")] }).draft.scopes, ["a,b"]);
    assert.deepEqual(settled(link, { scopes: [scope("a"), scope("b")] }).draft.scopes, ["a", "b"]);
  });

  test("loses a chosen scope that is no longer on offer, and says so", () => {
    const { draft, notOffered } = settled({ scopes: ["cases:read", "read"], scopesChosen: true });
    assert.deepEqual([draft.scopes, notOffered], [["read"], ["cases:read"]]);
  });

  test("says which chosen expiry is not on offer", () => {
    const expiry = (chosen: Draft["expiry"]) => {
      const { draft, expiryNotOffered } = settled({ expiry: chosen }, { maxLifetimeDays: 60 });
      return [draft.expiry, expiryNotOffered];
    };
    assert.deepEqual(expiry("14"), ["14", undefined]);
    assert.deepEqual(expiry("61"), ["30", "61"]);
    assert.deepEqual(expiry("0"), ["30", "0"]);
    assert.deepEqual(expiry("none"), ["30", "none"]);
    assert.deepEqual(expiry("default"), ["30", undefined]);
  });

  test("has an organization only while it is on offer", () => {
    const organizations = [
      { alias: "acme", name: "Acme" },
      { alias: "beta", name: "Beta" },
    ];
    const organization = (values: Partial<Draft>, rules: Partial<CreationRules>) =>
      settled(values, rules).draft.organization;
    assert.equal(organization({ organization: "acme" }, { organizations }), "acme");
    assert.equal(organization({ organization: "gone" }, { organizations }), "");
    assert.equal(organization({}, { organizations, organizationRequired: true }), "");
    assert.equal(organization({}, { organizations: organizations.slice(1), organizationRequired: true }), "beta");
    assert.equal(organization({}, { organizations: organizations.slice(1) }), "");
  });
});
