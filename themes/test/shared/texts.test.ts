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
