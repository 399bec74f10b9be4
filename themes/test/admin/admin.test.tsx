import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { setAddress } from "../../src/admin/address";
import { AdminApi } from "../../src/admin/adminApi";
import { ownerLink, ownerName } from "../../src/admin/consoleLinks";
import type { ElementContext } from "../../src/admin/context";
import { contextSession } from "../../src/admin/contextSession";
import { type AdminQuery, FIRST_QUERY } from "../../src/admin/query";
import { useLastPage } from "../../src/admin/useLastPage";
import { renderHook } from "../support/hooks";
import { json, serverAnswers, signedIn } from "../support/server";
import { adminToken } from "../support/tokens";

const API = "https://id.example.com/admin/realms/qa%20hub";
const api = () => new AdminApi(signedIn(), "https://id.example.com/", "qa hub");

describe("the Admin REST API", () => {
  test("lists a page and says how many there are in all", async () => {
    const sent = serverAnswers(json([adminToken()], 200, { "X-Total-Count": "57" }));
    const page = await api().list(FIRST_QUERY, new AbortController().signal);
    assert.deepEqual(page, { tokens: [adminToken()], total: 57 });
    assert.equal(sent[0]?.url, `${API}/api-tokens?sort=created&order=desc&first=0&max=20`);
  });

  test("revokes and shortens only where it is not a dry run", async () => {
    const sent = serverAnswers(json({ revoked: 4 }), json({ revoked: 3 }), json({ shortened: 2 }));
    assert.equal(await api().revoke({ user: "u1" }, true), 4);
    assert.equal(await api().revoke({ ids: ["1"] }, false), 3);
    assert.equal(await api().shorten(true), 2);
    assert.deepEqual(
      sent.map(({ url, body }) => [url, body]),
      [
        [`${API}/api-tokens/revoke`, { user: "u1", dryRun: true }],
        [`${API}/api-tokens/revoke`, { ids: ["1"], dryRun: false }],
        [`${API}/api-tokens/shorten`, { dryRun: true }],
      ],
    );
  });

  test("suggests only clients that have a service account", async () => {
    const sent = serverAnswers(
      json([
        { clientId: "ci", serviceAccountsEnabled: true },
        { clientId: "web", serviceAccountsEnabled: false },
        { clientId: "x" },
      ]),
    );
    assert.deepEqual(await api().serviceClients("a&b", new AbortController().signal), ["ci"]);
    assert.equal(sent[0]?.url, `${API}/clients?clientId=a%26b&search=true&max=20`);
  });

  test("suggests usernames", async () => {
    const sent = serverAnswers(json([{ username: "alice", id: "1" }, { username: "alicia" }]));
    assert.deepEqual(await api().usernames("ali", new AbortController().signal), ["alice", "alicia"]);
    assert.equal(sent[0]?.url, `${API}/users?username=ali&max=8&briefRepresentation=true`);
  });
});

describe("a token's owner", () => {
  test("is a user, with a link to that user", () => {
    const token = adminToken({ userId: "f:ldap:alice/1", username: "alice" });
    assert.equal(ownerName(token), "alice");
    assert.equal(ownerLink("qa hub", token), "#/qa%20hub/users/f%3Aldap%3Aalice%2F1/settings");
  });

  test("is a client, with a link to that client", () => {
    const token = adminToken({ client: "ci", clientUuid: "uuid", username: "service-account-ci" });
    assert.equal(ownerName(token), "ci");
    assert.equal(ownerLink("r", token), "#/r/clients/uuid/settings");
  });

  test("is an id where Keycloak cannot find the user", () => {
    assert.equal(ownerName(adminToken({ userId: "u1", username: null })), "u1");
  });
});

describe("the console's session by the element's context", () => {
  const context = (token: string | undefined) => ({ getAccessToken: async () => token }) as ElementContext;

  test("has the console's token", async () => {
    assert.equal(await contextSession(context("token")).accessToken(), "token");
  });

  test("is over where the console has none", async () => {
    await assert.rejects(contextSession(context(undefined)).accessToken(), /session/);
  });
});

describe("the page's part of the address", () => {
  let replaced: string[];
  const at = (hash: string) => {
    replaced = [];
    const replace = (to: string) => void replaced.push(to);
    Object.assign(globalThis, { location: { hash, replace } });
  };
  beforeEach(() => at("#/r/api-tokens?page=2"));

  test("changes, and the console's part stays", () => {
    setAddress(new URLSearchParams({ tab: "policy" }), false);
    assert.equal(location.hash, "#/r/api-tokens?tab=policy");
    setAddress(new URLSearchParams(), false);
    assert.equal(location.hash, "#/r/api-tokens");
  });

  test("changes in place where that is no step to go back from", () => {
    setAddress(new URLSearchParams({ page: "3" }), true);
    assert.deepEqual([location.hash, replaced], ["#/r/api-tokens?page=2", ["#/r/api-tokens?page=3"]]);
  });

  test("is not set to what it is", () => {
    setAddress(new URLSearchParams({ page: "2" }), true);
    assert.deepEqual(replaced, []);
  });
});

describe("a page of the list that is there no more", () => {
  const shownAfter = async (tokens: number, total: number, page: number, more = {}) => {
    const shown: AdminQuery[] = [];
    const value = { tokens: Array.from({ length: tokens }, () => adminToken()), total };
    const list = { value, loading: false, reload() {}, ...more };
    await renderHook(() => useLastPage(list, { ...FIRST_QUERY, page }, (query) => shown.push(query)), undefined);
    return shown.map((query) => query.page);
  };

  test("gives way to the last one", async () => {
    assert.deepEqual(await shownAfter(0, 41, 5), [3]);
    assert.deepEqual(await shownAfter(0, 40, 5), [2]);
  });

  test("stays where nothing is found at all, or it has tokens, or they are not there yet", async () => {
    assert.deepEqual(await shownAfter(0, 0, 5), []);
    assert.deepEqual(await shownAfter(1, 41, 3), []);
    assert.deepEqual(await shownAfter(0, 41, 5, { loading: true }), []);
  });
});
