import "../support/console";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { claimsOf, loginRealmOf } from "../../src/shared/claims";
import { consoleSession } from "../../src/shared/consoleSession";
import { codeChallenge, randomText } from "../../src/shared/pkce";
import { Problem } from "../../src/shared/problem";
import { silentSession } from "../../src/shared/silentSession";
import { SERVER } from "../support/console";
import { accessTokenOf, json, serverAnswers, unreachable } from "../support/server";

function kindOf(thrown: unknown): string {
  return thrown instanceof Problem ? thrown.kind : `not a problem: ${thrown}`;
}

describe("an access token", () => {
  test("is read though its base64 is the URL-safe one", () => {
    const token = accessTokenOf({ sub: "~~~???>>>", locale: "de" });
    assert.match(token, /[-_]/);
    assert.deepEqual(claimsOf(token), { sub: "~~~???>>>", locale: "de" });
  });

  test("names the realm that signed the user in, decoded", () => {
    assert.equal(loginRealmOf(accessTokenOf({ iss: "https://id.example.com/auth/realms/qa%20hub" })), "qa hub");
  });
});

describe("the console's own session", () => {
  const keycloak = {
    token: "the-token" as string | undefined,
    subject: "alice-id",
    tokenParsed: { locale: "de" },
    updateToken: async () => true,
    login: async (_options: { maxAge?: number; redirectUri: string }) => {},
  };

  /** An element under React, in a component under a provider. */
  function elementUnder(value: unknown): Element {
    const provider = { return: null, memoizedProps: { value } };
    const component = { return: provider, memoizedProps: { value: "the value of an input" } };
    return { __reactFiber$x1: { return: component, memoizedProps: null } } as unknown as Element;
  }

  const found = (keycloakNow: typeof keycloak) => {
    const session = consoleSession(elementUnder({ keycloak: keycloakNow, environment: {} }));
    assert.ok(session);
    return session;
  };

  test("is found from an element upwards, past values that are something else", async () => {
    const session = found(keycloak);
    assert.deepEqual([session.user, session.locale, await session.accessToken()], ["alice-id", "de", "the-token"]);
  });

  test("is not found where no provider has one", () => {
    assert.equal(consoleSession(elementUnder({ keycloak: {}, environment: {} })), undefined);
    assert.equal(consoleSession(elementUnder({ keycloak })), undefined);
    assert.equal(consoleSession({} as Element), undefined);
  });

  test("is over once keycloak-js has dropped its token", async () => {
    const failing = { ...keycloak, updateToken: () => Promise.reject(new Error()) };
    await assert.rejects(
      found({ ...failing, token: undefined }).accessToken(),
      (thrown) => kindOf(thrown) === "session",
    );
    await assert.rejects(found(failing).accessToken(), (thrown) => kindOf(thrown) === "network");
  });

  test("signs in for the age asked for and comes back without the fragment", async () => {
    const logins: unknown[] = [];
    globalThis.location.hash = "#state=x";
    await found({ ...keycloak, login: async (options) => void logins.push(options) }).signIn(60);
    assert.deepEqual(logins, [{ maxAge: 60, redirectUri: `${SERVER}/realms/qa%20hub/account/content/api-tokens` }]);
  });
});

describe("a session of our own beside the console's", () => {
  const landedWith = (query: string) => () =>
    Object.defineProperty(new Response(), "url", { value: `${SERVER}/realms/qa%20hub/account/?${query}` });
  const tokens = (lifetime: number, locale = "en") =>
    json({ access_token: accessTokenOf({ sub: "alice-id", locale }), expires_in: lifetime });

  test("is a code flow without a prompt, whose code only we can redeem", async () => {
    const sent = serverAnswers(landedWith("code=the-code"), tokens(300, "de"));
    const session = await silentSession();
    assert.deepEqual([session.user, session.locale], ["alice-id", "de"]);

    const authorize = new URL(sent[0]?.url ?? "");
    const redeem = sent[1]?.body as URLSearchParams;
    assert.equal(authorize.pathname, "/auth/realms/qa%20hub/protocol/openid-connect/auth");
    assert.equal(authorize.searchParams.get("prompt"), "none");
    assert.equal(authorize.searchParams.get("redirect_uri"), `${SERVER}/realms/qa%20hub/account/`);
    assert.equal(redeem.get("code"), "the-code");
    assert.equal(authorize.searchParams.get("code_challenge"), await codeChallenge(redeem.get("code_verifier") ?? ""));
  });

  test("keeps its token, and takes another half a minute before it expires", async () => {
    const sent = serverAnswers(
      landedWith("code=1"),
      tokens(300),
      landedWith("code=2"),
      tokens(20),
      landedWith("code=3"),
      tokens(300),
    );
    const longLived = await silentSession();
    await longLived.accessToken();
    assert.equal(sent.length, 2);
    const shortLived = await silentSession();
    await shortLived.accessToken();
    assert.equal(sent.length, 6);
  });

  test("does not come to be where nobody is signed in", async () => {
    serverAnswers(landedWith("error=login_required"));
    await assert.rejects(silentSession(), (thrown) => kindOf(thrown) === "session");
  });

  test("does not come to be where the code is refused", async () => {
    serverAnswers(landedWith("code=1"), json({ error: "invalid_grant" }, 400));
    await assert.rejects(silentSession(), (thrown) => kindOf(thrown) === "session");
  });

  test("tells a network that is down from a session that is over", async () => {
    serverAnswers(unreachable);
    await assert.rejects(silentSession(), (thrown) => kindOf(thrown) === "network");
  });
});

describe("PKCE", () => {
  test("has the challenge of RFC 7636, appendix B", async () => {
    assert.equal(
      await codeChallenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
      "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    );
  });

  test("has verifiers of 32 random bytes", () => {
    assert.match(randomText(), /^[\w-]{43}$/);
    assert.notEqual(randomText(), randomText());
  });
});
