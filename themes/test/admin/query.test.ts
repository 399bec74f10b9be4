import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type AdminQuery,
  addressParameters,
  FIRST_QUERY,
  filterOf,
  isFiltered,
  listParameters,
  namesOneToken,
  queryOf,
} from "../../src/admin/query";
import { bodyOf, ofOwner } from "../../src/admin/revocation";
import { adminToken } from "../support/tokens";

const SECRET = "qh_abc123_0123456789abcdefghij";
const query = (values: Partial<AdminQuery> = {}): AdminQuery => ({ ...FIRST_QUERY, ...values });
const address = (text: string) => queryOf(new URLSearchParams(text));

describe("a search", () => {
  test("for a whole token is cut down to its prefix, so that the secret gets nowhere", () => {
    assert.equal(listParameters(query({ search: SECRET })).get("search"), "qh_abc123");
    assert.equal(addressParameters(query({ search: SECRET })).get("search"), "qh_abc123");
    assert.equal(address(`search=${SECRET}`).search, "qh_abc123");
    assert.deepEqual(bodyOf({ kind: "match", query: query({ search: SECRET }) }), { filter: { search: "qh_abc123" } });
  });

  test("by a user or an organization is cut down as well", () => {
    for (const name of ["user", "organization"] as const) {
      const pasted = query({ [name]: `QA_HUB_TOKEN=${SECRET}` });
      assert.equal(listParameters(pasted).get(name), "qh_abc123");
      assert.equal(addressParameters(pasted).get(name), "qh_abc123");
      assert.equal(address(`${name}=Bearer+${SECRET}`)[name], "qh_abc123");
    }
  });

  test("names one token where it is a whole prefix", () => {
    assert.equal(namesOneToken(" qh_abc123 "), true);
    assert.equal(namesOneToken("qh_abc12"), false);
    assert.equal(namesOneToken("qh_abc1234"), false);
  });
});

describe("the filter of a list", () => {
  test("is empty at first", () => {
    assert.deepEqual(filterOf(FIRST_QUERY), {});
    assert.equal(isFiltered(FIRST_QUERY), false);
  });

  test("has what was chosen, in the words of the REST resource", () => {
    const chosen = {
      search: " ci ",
      user: " alice ",
      status: "expired",
      scope: "write",
      organization: " acme ",
      unused: "90",
      expires: "7",
    } as const;
    assert.deepEqual(filterOf(query(chosen)), {
      search: "ci",
      user: "alice",
      status: "expired",
      scope: "write",
      organization: "acme",
      notUsedForDays: "90",
      expiresWithinDays: "7",
    });
  });

  test("tells never used from not used for days", () => {
    assert.deepEqual(filterOf(query({ unused: "never" })), { neverUsed: true });
  });

  test("is one by itself, whatever the sorting and the page", () => {
    assert.equal(isFiltered(query({ status: "all" })), true);
    assert.equal(isFiltered(query({ sort: "expires", descending: false, page: 3, perPage: 50 })), false);
  });
});

describe("the list's request", () => {
  test("has the page and the order", () => {
    assert.equal(
      String(listParameters(query({ page: 3, perPage: 50, sort: "lastUsed", descending: false }))),
      "sort=lastUsed&order=asc&first=100&max=50",
    );
  });
});

describe("the page's address", () => {
  test("has only what is not as always", () => {
    assert.equal(String(addressParameters(FIRST_QUERY)), "");
    assert.equal(String(addressParameters(query({ page: 2, descending: false }))), "order=asc&page=2");
  });

  test("read again gives the same list", () => {
    const lists = [
      FIRST_QUERY,
      query({ search: "a&b=c", user: "alice", status: "all", scope: "read", unused: "never", expires: "30" }),
      query({ scope: "cases:read", organization: "acme & co", sort: "prefix" }),
      query({ unused: "90", sort: "expires", descending: false, page: 12, perPage: 100 }),
    ];
    for (const list of lists) {
      assert.deepEqual(queryOf(addressParameters(list)), list);
    }
  });

  test("that somebody made up gives the usual list", () => {
    const made =
      "status=none&scope=a%22b&sort=name&order=up&page=0&perPage=1000&notUsedForDays=x&expiresWithinDays=-1&neverUsed=1";
    assert.deepEqual(address(made), FIRST_QUERY);
  });
});

describe("a revocation", () => {
  test("of chosen tokens names them", () => {
    const tokens = [adminToken({ id: "1" }), adminToken({ id: "2" })];
    assert.deepEqual(bodyOf({ kind: "tokens", tokens }), { ids: ["1", "2"] });
  });

  test("of an owner names the user's id, and shows the name", () => {
    const owner = ofOwner(adminToken({ userId: "u1", username: "alice" }));
    assert.deepEqual(owner, { kind: "owner", id: "u1", name: "alice" });
    assert.deepEqual(bodyOf(owner), { user: "u1" });
  });

  test("of a scope has the scope as its filter", () => {
    assert.deepEqual(bodyOf({ kind: "scope", name: "cases:read" }), { filter: { scope: "cases:read" } });
  });

  test("of what is on show has its filter", () => {
    assert.deepEqual(bodyOf({ kind: "match", query: query({ user: "alice", page: 2 }) }), {
      filter: { user: "alice" },
    });
  });

  test("of everything has to say so", () => {
    assert.deepEqual(bodyOf({ kind: "match", query: query({ page: 2 }) }), { all: true });
  });
});
