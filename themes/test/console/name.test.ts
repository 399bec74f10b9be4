import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { nameIn } from "../../src/console/name";

const NAMES = { en: "API tokens", de: "API-Tokens", "pt-BR": "Tokens de API" };

describe("the name of the page in the menu", () => {
  const table = [
    ["en", "API tokens"],
    ["de-AT", "API-Tokens"],
    ["pt-BR", "Tokens de API"],
    ["pt", "API tokens"],
    ["ar", "API tokens"],
  ] as const;
  for (const [locale, name] of table) {
    test(`in ${locale} is "${name}"`, () => assert.equal(nameIn(locale, NAMES), name));
  }
});
