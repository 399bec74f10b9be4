import "../support/console";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { keepOwnAddress, showOwnAddress } from "../../src/account/address";
import {
  createToken,
  editToken,
  endPreviousSecret,
  FIRST_PAGE,
  listTokens,
  type Query,
  revokeToken,
  rotateToken,
} from "../../src/account/tokensApi";
import { usePolicy } from "../../src/account/usePolicy";
import { useTokenList } from "../../src/account/useTokenList";
import { SERVER } from "../support/console";
import { renderHook } from "../support/hooks";
import { json, serverAnswers, signedIn } from "../support/server";
import { token } from "../support/tokens";

const API = `${SERVER}/realms/qa%20hub/api-tokens`;
const QUERY: Query = FIRST_PAGE;
const total = (number: number) => ({ "X-Total-Count": String(number) });

describe("the user's tokens", () => {
  test("are asked for page by page", async () => {
    const sent = serverAnswers(json([token()], 200, total(41)));
    assert.deepEqual(await listTokens(signedIn(), { ...QUERY, page: 3 }), { tokens: [token()], total: 41 });
    assert.equal(sent[0]?.url, `${API}?first=40&max=20`);
  });

  test("are asked for by search and status only where there is one", async () => {
    const sent = serverAnswers(json([]));
    await listTokens(signedIn(), { ...QUERY, search: " a&b ", status: "expired" });
    assert.equal(sent[0]?.url, `${API}?first=0&max=20&search=a%26b&status=expired`);
  });

  test("are sorted by the server", async () => {
    const sent = serverAnswers(json([]));
    await listTokens(signedIn(), { ...QUERY, sort: "lastUsed", order: "asc" });
    assert.equal(sent[0]?.url, `${API}?first=0&max=20&sort=lastUsed&order=asc`);
  });

  test("are as many as came where the server does not count", async () => {
    serverAnswers(json([token(), token()]));
    assert.equal((await listTokens(signedIn(), QUERY)).total, 2);
  });

  test("are created, rotated, edited and revoked by REST", async () => {
    const gone = () => new Response(null, { status: 204 });
    const sent = serverAnswers(json(token()), json(token()), json(token()), gone, gone);
    await createToken(signedIn(), { name: "ci", scopes: ["read"], expiresAt: null }, "one");
    await rotateToken(signedIn(), "a/b", { overlapSeconds: 0 }, "two");
    await editToken(signedIn(), "a/b", { name: "ci", description: "" });
    await endPreviousSecret(signedIn(), "a/b");
    await revokeToken(signedIn(), "a/b");
    assert.deepEqual(
      sent.map(({ method, url, body, headers }) => [method, url, body, headers.get("Idempotency-Key")]),
      [
        ["POST", API, { name: "ci", scopes: ["read"], expiresAt: null }, "one"],
        ["POST", `${API}/a%2Fb/rotate`, { overlapSeconds: 0 }, "two"],
        ["PATCH", `${API}/a%2Fb`, { name: "ci", description: "" }, null],
        ["DELETE", `${API}/a%2Fb/previous-secret`, undefined, null],
        ["DELETE", `${API}/a%2Fb`, undefined, null],
      ],
    );
  });
});

describe("a user without a token on show", () => {
  const listing = async (query: Query) => (await renderHook(() => useTokenList(signedIn(), query), undefined)).current;

  test("has none where there never was any", async () => {
    const sent = serverAnswers(json([], 200, total(0)), json([], 200, total(0)));
    assert.equal((await listing(QUERY)).none, true);
    assert.equal(sent[1]?.url, `${API}?first=0&max=0&status=all`);
  });

  test("has some where those are revoked", async () => {
    serverAnswers(json([], 200, total(0)), json([], 200, total(3)));
    assert.equal((await listing(QUERY)).none, false);
  });

  test("has some where a search or a status hides them, without another question", async () => {
    for (const query of [{ ...QUERY, search: "x" }, { ...QUERY, status: "expired" } as const]) {
      const sent = serverAnswers(json([], 200, total(0)));
      assert.equal((await listing(query)).none, false);
      assert.equal(sent.length, 1);
    }
  });
});

describe("the realm's policy", () => {
  const reading = async () => (await renderHook(() => usePolicy(signedIn()), undefined)).current;

  test("lets the user create tokens, or not", async () => {
    serverAnswers(json({ mayCreate: true }));
    const on = await reading();
    assert.deepEqual([on.mayCreate, on.refusal], [true, undefined]);
    serverAnswers(json({ mayCreate: false }));
    const off = await reading();
    assert.deepEqual([off.mayCreate, off.refusal], [false, ""]);
  });

  test("that the server refuses is a reason, not a problem", async () => {
    serverAnswers(json({ error_description: "The policy is broken." }, 409));
    const { mayCreate, refusal, problem } = await reading();
    assert.deepEqual([mayCreate, refusal, problem], [false, "The policy is broken.", undefined]);
  });

  test("that cannot be read is a problem, and nothing can be created", async () => {
    serverAnswers(json({}, 500));
    const { mayCreate, refusal, problem } = await reading();
    assert.deepEqual([mayCreate, refusal, problem?.kind], [false, undefined, "server"]);
  });
});

describe("the page's address", () => {
  let address: string;
  let click: () => void;
  const here = (path: string) => Object.assign(location, { href: new URL(path, SERVER).href });

  beforeEach(() => {
    address = "";
    Object.assign(globalThis, {
      history: {
        state: { idx: 1 },
        replaceState: (state: unknown, _title: string, path: string) => {
          assert.deepEqual(state, { idx: 1 });
          address = path;
        },
      },
    });
    Object.assign(document, {
      addEventListener: (_type: string, listener: () => void) => {
        click = listener;
      },
      removeEventListener() {},
    });
  });

  test("takes the place of the menu's, with its query or without", () => {
    here("/auth/realms/r/account/content/:componentId?name=ci");
    showOwnAddress();
    assert.equal(address, "/auth/realms/r/account/content/api-tokens?name=ci");
    showOwnAddress(new URLSearchParams());
    assert.equal(address, "/auth/realms/r/account/content/api-tokens");
  });

  const clicks: [string, string][] = [
    ["/auth/realms/r/account/content/:componentId", "/auth/realms/r/account/content/api-tokens"],
    ["/auth/realms/r/account/content/%3AcomponentId", "/auth/realms/r/account/content/api-tokens"],
    ["/auth/realms/r/account/content/api-tokens", ""],
    ["/auth/realms/r/account/applications", ""],
  ];
  for (const [path, shown] of clicks) {
    test(`${shown ? "comes back" : "is left alone"} after a click that led to ${path}`, async () => {
      keepOwnAddress();
      click();
      here(path); // the router's turn comes after the click's
      await new Promise((resolve) => setTimeout(resolve, 1));
      assert.equal(address, shown);
    });
  }
});
