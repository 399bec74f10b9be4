import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadTexts, messagesOf, textsUrl } from "../../src/shared/messages";
import { joinUrl } from "../../src/shared/url";
import { json, serverAnswers, unreachable } from "../support/server";

const ENGLISH = {
  greeting: "Hello {{name}}, {{name}}!",
  foundOne: "{{count}} token",
  foundOther: "{{count}} tokens",
};

describe("messages", () => {
  test("fill in a value wherever its name stands", () => {
    assert.equal(messagesOf("en", ENGLISH).t("greeting", { name: "Alice" }), "Hello Alice, Alice!");
  });

  test("leave a name without a value as it is", () => {
    assert.equal(messagesOf("en", ENGLISH).t("greeting"), "Hello {{name}}, {{name}}!");
  });

  test("do not read a value as a text with names", () => {
    assert.equal(messagesOf("en", ENGLISH).t("greeting", { name: "{{name}} $&" }), "Hello {{name}} $&, {{name}} $&!");
  });

  test("show the key of a text that is missing", () => {
    assert.equal(messagesOf("en", ENGLISH).t("unknown"), "unknown");
  });

  test("count one thing in the singular and none or many in the plural", () => {
    const { count } = messagesOf("en", ENGLISH);
    assert.deepEqual(
      [0, 1, 2].map((number) => count("found", number)),
      ["0 tokens", "1 token", "2 tokens"],
    );
  });

  test("write a number as the language does", () => {
    assert.equal(messagesOf("de", ENGLISH).count("found", 12345), "12.345 tokens");
  });

  test("have the plural forms of their language", () => {
    const polish = { foundOne: "{{count}} token", foundFew: "{{count}} tokeny", foundMany: "{{count}} tokenów" };
    const { count } = messagesOf("pl", { ...polish, foundOther: "{{count}} tokenu" });
    assert.deepEqual(
      [0, 1, 2, 5, 12, 22, 1.5].map((number) => count("found", number)),
      ["0 tokenów", "1 token", "2 tokeny", "5 tokenów", "12 tokenów", "22 tokeny", "1,5 tokenu"],
    );
    assert.equal(messagesOf("ja", { foundOther: "{{count}}個" }).count("found", 1), "1個");
  });

  test("count things of a name", () => {
    const texts = { moreOne: "{{count}} of {{name}}", moreOther: "{{count}} of {{name}}" };
    assert.equal(messagesOf("en", texts).count("more", 2, { name: "x" }), "2 of x");
  });
});

describe("the language of texts", () => {
  const localeOf = (locale: string, language: string) => messagesOf(locale, { apiTokensLanguage: language }).locale;

  test("is the console's, with its region", () => {
    assert.equal(localeOf("en-GB", "en"), "en-GB");
    assert.equal(localeOf("pt-BR", "pt-BR"), "pt-BR");
  });

  test("is their own where they are not translated, for dates, numbers and plural forms", () => {
    const { locale, direction, count } = messagesOf("ar", { ...ENGLISH, apiTokensLanguage: "en" });
    assert.deepEqual([locale, direction], ["en", "ltr"]);
    assert.equal(count("found", 2000), "2,000 tokens");
  });

  test("has a direction", () => {
    assert.equal(messagesOf("ar", { apiTokensLanguage: "ar" }).direction, "rtl");
    assert.equal(messagesOf("de", { apiTokensLanguage: "de" }).direction, "ltr");
  });
});

describe("a value in a text", () => {
  test("of the other direction cannot change the order of the words around it", () => {
    const { t } = messagesOf("en", ENGLISH);
    assert.equal(t("greeting", { name: "בנייה 1" }), "Hello \u2068בנייה 1\u2069, \u2068בנייה 1\u2069!");
  });

  test("is isolated in a text from right to left", () => {
    assert.equal(messagesOf("ar", { new: "جديد {{name}}" }).t("new", { name: "x" }), "جديد \u2068x\u2069");
  });
});

describe("the texts of a theme", () => {
  test("lie over the English ones, which stay where the theme has none", async () => {
    const sent = serverAnswers(json([{ key: "foundOne", value: "ein Token" }]));
    const texts = await loadTexts("https://id.example.com/resources/r/account/de", ENGLISH);
    assert.deepEqual(texts, { ...ENGLISH, foundOne: "ein Token" });
    assert.equal(sent[0]?.url, "https://id.example.com/resources/r/account/de");
  });

  test("are the English ones where the server cannot be reached", async () => {
    serverAnswers(unreachable);
    assert.deepEqual(await loadTexts("https://id.example.com", ENGLISH), ENGLISH);
  });

  test("are the English ones where the server answers with a page", async () => {
    serverAnswers(new Response("<html>"));
    assert.deepEqual(await loadTexts("https://id.example.com", ENGLISH), ENGLISH);
  });

  test("have an address in which realm and language are encoded", () => {
    assert.equal(
      textsUrl("https://id.example.com/auth/", "qa hub/1", "admin", "zh-CN"),
      "https://id.example.com/auth/resources/qa%20hub%2F1/admin/zh-CN",
    );
  });
});

test("joined URLs have one slash between them", () => {
  for (const [base, path] of [
    ["https://a/b", "c/d/"],
    ["https://a/b/", "/c/d/"],
    ["https://a/b//", "//c/d/"],
  ] as const) {
    assert.equal(joinUrl(base, path), "https://a/b/c/d/");
  }
});
