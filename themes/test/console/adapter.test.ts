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
