import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { adminRights, realmApi } from "../../src/shared/adminRights";
import { whoAmI } from "../../src/shared/whoAmI";
import { accessTokenOf, json, serverAnswers, signedIn } from "../support/server";

const API = realmApi("https://id.example.com/", "qa hub");
const NOTHING = {
  view: false,
  revoke: false,
  create: false,
  viewScopes: false,
  viewPolicy: false,
  changePolicy: false,
};

describe("an admin's rights", () => {
  const table: [string[], object][] = [
    [[], NOTHING],
    [["view-users"], { ...NOTHING, view: true }],
    [["manage-users"], { ...NOTHING, view: true, revoke: true }],
    [["manage-clients"], { ...NOTHING, create: true, viewScopes: true }],
    [["view-clients", "query-clients"], { ...NOTHING, viewScopes: true }],
    [["view-realm"], { ...NOTHING, viewPolicy: true }],
    [["manage-realm"], { ...NOTHING, viewPolicy: true, changePolicy: true }],
    [["view-events"], NOTHING],
  ];
  for (const [roles, rights] of table) {
    test(`of ${roles.join(" and ") || "no role"} follow from the roles alone`, async () => {
      const sent = serverAnswers();
      assert.deepEqual(await adminRights(signedIn(), API, roles), rights);
      assert.deepEqual(sent, []);
    });
  }

  test("with fine-grained permissions are asked for, without reading a token", async () => {
    const sent = serverAnswers(json([]));
    const rights = await adminRights(signedIn(), API, ["query-users"]);
    assert.deepEqual(rights, { ...NOTHING, view: true, revoke: true });
    assert.deepEqual(
      sent.map(({ url }) => url),
      ["https://id.example.com/admin/realms/qa%20hub/api-tokens?max=0"],
    );
  });

  test("are none where the server refuses the list", async () => {
    serverAnswers(json({}, 403));
    assert.deepEqual(await adminRights(signedIn(), API, ["query-users"]), NOTHING);
  });

  test("are unknown, not none, where the server fails", async () => {
    serverAnswers(json({}, 500));
    await assert.rejects(adminRights(signedIn(), API, ["query-users"]), /server 500/);
  });
});

describe("who is signed in", () => {
  const session = signedIn(accessTokenOf({ iss: "https://id.example.com/realms/master" }));

  test("is asked in the realm that signed the admin in, about the realm that is managed", async () => {
    const sent = serverAnswers(
      json({ locale: "de", realm_access: { "qa hub": ["view-users"], other: ["manage-users"] } }),
    );
    assert.deepEqual(await whoAmI(session, "https://id.example.com", "qa hub"), {
      loginRealm: "master",
      locale: "de",
      roles: ["view-users"],
    });
    assert.equal(sent[0]?.url, "https://id.example.com/admin/master/console/whoami?currentRealm=qa%20hub");
  });

  test("has no role where the answer has none for this realm", async () => {
    serverAnswers(json({}));
    assert.deepEqual(await whoAmI(session, "https://id.example.com", "r"), {
      loginRealm: "master",
      locale: "en",
      roles: [],
    });
  });

  test("has no role where the server refuses to say", async () => {
    serverAnswers(json({}, 403));
    assert.deepEqual((await whoAmI(session, "https://id.example.com", "r")).roles, []);
  });

  test("is unknown where the server fails", async () => {
    serverAnswers(json({}, 502));
    await assert.rejects(whoAmI(session, "https://id.example.com", "r"), /server 502/);
  });
});
