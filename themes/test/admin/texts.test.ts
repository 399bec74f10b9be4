import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { consoleTexts } from "../../src/admin/texts";
import { json, serverAnswers, unreachable } from "../support/server";

const ENGLISH = { apiTokens: "API tokens", apiTokensOwner: "Owner" };
const URL = "https://id.example.com/resources/r/admin/de";

describe("the texts of the admin page", () => {
  test("come from the browser's cache, and are English and read again if the server cannot be reached", async () => {
    const sent = serverAnswers(unreachable, json([{ key: "apiTokens", value: "API-Tokens" }]));
    assert.equal(await consoleTexts(URL, ENGLISH), ENGLISH);
    const texts = await consoleTexts(URL, ENGLISH);
    assert.deepEqual([texts.apiTokens, texts.apiTokensOwner], ["API-Tokens", "Owner"]);
    assert.deepEqual(
      sent.map(({ cache }) => cache),
      ["force-cache", "force-cache"],
    );
  });

  test("are loaded once for all visits, and again in another language", async () => {
    const other = URL.replace("/de", "/fr");
    const sent = serverAnswers(json([{ key: "apiTokens", value: "Jetons d’API" }]));
    assert.equal((await consoleTexts(URL, ENGLISH)).apiTokens, "API-Tokens");
    assert.equal((await consoleTexts(other, ENGLISH)).apiTokens, "Jetons d’API");
    assert.equal(await consoleTexts(other, ENGLISH), await consoleTexts(other, ENGLISH));
    assert.equal(sent.length, 1);
  });
});
