import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { LANGUAGES, languageFor, pageNames } from "../../build/messages.mjs";
import { parseProperties } from "../../build/properties.mjs";

const FOLDERS = readdirSync("messages");
const EMAILS = "../src/main/resources/theme-resources/messages";
/** A URL, which is the same in all languages. */
const ENGLISH_ONLY = ["apiTokensServiceUrl"];
/** A text that is longer cannot be the same in two languages. */
const LONGEST_COMMON = 20;

const textsOf = (folder, language) =>
  parseProperties(readFileSync(`messages/${folder}/messages_${language}.properties`, "utf8"));
const placeholders = (text) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();
const tagOf = (language) => language.replaceAll("_", "-");

/** The plural forms that a language's texts need, as the platform names them. */
const formsOf = (language) =>
  new Intl.PluralRules(tagOf(language))
    .resolvedOptions()
    .pluralCategories.map((category) => category.charAt(0).toUpperCase() + category.slice(1));

/** The English text that a translation says, by the translation's key. */
function expected(folder, language) {
  const english = textsOf(folder, "en");
  const texts = new Map();
  for (const [key, text] of Object.entries(english)) {
    const group = key.replace(/(One|Other)$/, "");
    if (group !== key && `${group}One` in english && `${group}Other` in english) {
      for (const form of formsOf(language)) {
        texts.set(group + form, english[group + (form === "One" ? "One" : "Other")]);
      }
    } else if (language === "en" || !ENGLISH_ONLY.includes(key)) {
      texts.set(key, text);
    }
  }
  return texts;
}

for (const language of LANGUAGES) {
  describe(`the texts in ${language}`, () => {
    for (const folder of FOLDERS) {
      const texts = textsOf(folder, language);
      const english = expected(folder, language);

      test(`of ${folder} are complete, with all plural forms of the language`, () => {
        assert.deepEqual(Object.keys(texts).sort(), [...english.keys()].sort());
      });

      test(`of ${folder} have the same placeholders as the English ones`, () => {
        for (const [key, text] of Object.entries(texts)) {
          assert.deepEqual(placeholders(text), placeholders(english.get(key)), key);
        }
      });

      test(`of ${folder} are neither empty nor English`, () => {
        for (const [key, text] of Object.entries(texts)) {
          assert.ok(text, key);
          const copied = text.length > LONGEST_COMMON && text === english.get(key);
          assert.ok(!copied || language === "en", `${key} is not translated`);
        }
      });

      test(`of ${folder} have one text a key`, () => {
        const lines = readFileSync(`messages/${folder}/messages_${language}.properties`, "utf8").split("\n");
        const keys = lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split("=")[0]);
        assert.equal(keys.length, Object.keys(texts).length);
      });
    }

    test("name their language", () => {
      assert.equal(textsOf("shared", language).apiTokensLanguage, tagOf(language));
    });

    test("exist for emails, too", () => {
      assert.ok(existsSync(`${EMAILS}/messages_${language}.properties`));
    });

    test("have a name for the menu", () => {
      assert.equal(pageNames()[tagOf(language)], textsOf("shared", language).apiTokens);
    });
  });
}

test("no folder has a language that the others have not", () => {
  const languages = (folder) =>
    readdirSync(folder).map((file) => file.slice("messages_".length, -".properties".length));
  for (const folder of [...FOLDERS.map((name) => `messages/${name}`), EMAILS]) {
    assert.deepEqual(languages(folder).sort(), [...LANGUAGES].sort(), folder);
  }
});

describe("the language for a locale", () => {
  const table = [
    ["en", "en"],
    ["de-AT", "de"],
    ["pt-BR", "pt_BR"],
    ["zh-CN", "zh_CN"],
    ["pt", "en"],
    ["zh-TW", "en"],
    ["ar", "en"],
  ];
  for (const [locale, language] of table) {
    test(`${locale} is ${language}`, () => assert.equal(languageFor(locale), language));
  }
});
