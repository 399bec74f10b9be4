import "../support/console";
import assert from "node:assert/strict";
import { describe, test } from "node:test";

Object.assign(globalThis, {
  CSSStyleSheet: class {
    replaceSync() {}
  },
});
Object.assign(document, { adoptedStyleSheets: [] });
const { currentRealm, isOurs } = await import("../../src/console/adapter");
const { userTokensHref } = await import("../../src/console/userTab");

describe("the admin console's address", () => {
  const ours = ["#/master/api-tokens", "#/qa%20hub/api-tokens/", "#/r/api-tokens?page=2"];
  const notOurs = [
    "",
    "#/",
    "#/r/users",
    "#/r/api-tokens-2",
    "#/r/users/api-tokens",
    "#/api-tokens",
    "#/r/clients?x=/api-tokens",
  ];
  for (const hash of [...ours, ...notOurs]) {
    test(`"${hash}" is ${ours.includes(hash) ? "our page's" : "another page's"}`, () => {
      location.hash = hash;
      assert.equal(isOurs(), ours.includes(hash));
    });
  }

  test("names the realm that is managed, decoded", () => {
    location.hash = "#/my%20realm/users";
    assert.equal(currentRealm(), "my realm");
    location.hash = "#/r?x=1";
    assert.equal(currentRealm(), "r");
  });

  test("without a realm is that of the realm the admin signed in to", () => {
    location.hash = "";
    assert.equal(currentRealm(), "qa hub");
  });
});

describe("the page of a user", () => {
  test("links to the tokens of that user in that realm", () => {
    assert.equal(userTokensHref("#/my%20realm/users/1a2b/settings"), "#/my%20realm/api-tokens?user=1a2b");
    assert.equal(userTokensHref("#/r/users/f:1a2b:a+b/sessions"), "#/r/api-tokens?user=f%3A1a2b%3Aa%2Bb");
    assert.equal(userTokensHref("#/r/users/f%3A1a2b%3Aa/groups"), "#/r/api-tokens?user=f%3A1a2b%3Aa");
  });

  test("is no other page", () => {
    for (const hash of ["", "#/r/users", "#/r/users/add-user", "#/r/users/permissions", "#/r/groups/1a2b/members"]) {
      assert.equal(userTokensHref(hash), undefined, hash);
    }
  });
});
