import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AdminApi, type AdminScope } from "../../src/admin/adminApi";
import { clientScopeLink } from "../../src/admin/consoleLinks";
import {
  canSwitch,
  isForTokens,
  listed,
  replacesBuiltIn,
  roleName,
  tokenScopes,
  tokensToChange,
} from "../../src/admin/scopes";
import { json, serverAnswers, signedIn } from "../support/server";

const API = "https://id.example.com/admin/realms/qa%20hub/api-tokens/scopes";

function scope(values: Partial<AdminScope> = {}): AdminScope {
  return {
    id: "scope-id",
    name: "cases:read",
    text: "View test cases",
    builtIn: false,
    grantable: false,
    methods: [],
    roles: [],
    resourceServers: [],
    tokens: 0,
    access: { manage: true },
    ...values,
  };
}

const STOCK = scope({ name: "email" });
const BUILT_IN = scope({ id: null, name: "read", builtIn: true, grantable: true, resourceServers: null });
const GRANTABLE = scope({ grantable: true });
const WITHDRAWN = scope({ name: "runs:upload", tokens: 3 });
const DELETED = scope({ id: null, name: "old", tokens: null });

describe("the scopes of tokens", () => {
  test("are the built-in and grantable ones, and those that tokens still have", () => {
    const scopes = [STOCK, BUILT_IN, GRANTABLE, WITHDRAWN, DELETED];
    assert.deepEqual(scopes.map(isForTokens), [false, true, true, true, true]);
    assert.deepEqual(tokenScopes(scopes), ["read", "cases:read", "runs:upload", "old"]);
    assert.deepEqual(listed(scopes, "tokens", ""), [BUILT_IN, GRANTABLE, WITHDRAWN, DELETED]);
    assert.deepEqual(listed(scopes, "all", " mail "), [STOCK]);
  });

  test("are the built-in ones as long as they are not loaded", () => {
    assert.deepEqual(tokenScopes([]), ["read", "write"]);
  });
});

describe("the switch of a client scope", () => {
  test("is for those who may manage it", () => {
    assert.equal(canSwitch(GRANTABLE), true);
    assert.equal(canSwitch(scope({ access: { manage: false } })), false);
  });

  test("can be switched off, and not on, where the name is no scope", () => {
    assert.equal(canSwitch(scope({ name: "two words" })), false);
    assert.equal(canSwitch(scope({ name: "two words", grantable: true })), true);
  });

  test("changes the tokens that have a grantable scope", () => {
    assert.deepEqual(
      [0, 1, null].map((tokens) => tokensToChange({ ...GRANTABLE, tokens }, [BUILT_IN])),
      [0, 1, null],
    );
    assert.equal(tokensToChange(WITHDRAWN, [BUILT_IN, WITHDRAWN]), 0);
  });

  test("changes the tokens that have the built-in scope of the same name", () => {
    const namesake = scope({ name: "read" });
    assert.equal(tokensToChange(namesake, [{ ...BUILT_IN, tokens: 7 }, namesake]), 7);
    assert.equal(tokensToChange({ ...namesake, grantable: true, tokens: 5 }, [namesake]), 5);
    assert.deepEqual([namesake, BUILT_IN, GRANTABLE].map(replacesBuiltIn), [true, false, false]);
  });
});

test("a role has its client's name, if it is a client's", () => {
  assert.equal(roleName({ name: "tester", client: null }), "tester");
  assert.equal(roleName({ name: "editor", client: "cases-api" }), "cases-api: editor");
});

test("a client scope is linked to the console's own page", () => {
  assert.equal(clientScopeLink("qa hub", "a/b"), "#/qa%20hub/client-scopes/a%2Fb/settings");
});

test("scopes are listed for the realm or a client, and changed, by REST", async () => {
  const sent = serverAnswers(
    json([STOCK]),
    json([GRANTABLE]),
    json(GRANTABLE),
    json([{ alias: "acme", name: "Acme" }]),
  );
  const api = new AdminApi(signedIn(), "https://id.example.com/", "qa hub");
  const { signal } = new AbortController();
  assert.deepEqual(await api.scopes(signal), [STOCK]);
  assert.deepEqual(await api.scopes(signal, "a&b"), [GRANTABLE]);
  assert.deepEqual(await api.updateScope("a/b", { grantable: true }), GRANTABLE);
  assert.deepEqual(await api.organizations("ac&", signal), ["acme"]);
  assert.deepEqual(
    sent.map(({ method, url, body }) => [method, url, body]),
    [
      ["GET", API, undefined],
      ["GET", `${API}?client=a%26b`, undefined],
      ["PUT", `${API}/a%2Fb`, { grantable: true }],
      ["GET", "https://id.example.com/admin/realms/qa%20hub/organizations?search=ac%26&max=8", undefined],
    ],
  );
});
