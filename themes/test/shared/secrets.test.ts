import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { withoutSecret } from "../../src/shared/secrets";

const TOKEN = "qh_abc123_0123456789abcdefghijABCDEFGHIJ";

const PASTED = [
  TOKEN,
  ` ${TOKEN} `,
  `\t${TOKEN}\n`,
  `QA_HUB_TOKEN=${TOKEN}`,
  `export QA_HUB_TOKEN="${TOKEN}"`,
  `'${TOKEN}'`,
  `“${TOKEN}”`,
  `Bearer ${TOKEN}`,
  `Authorization: Bearer ${TOKEN}`,
  `curl -H "Authorization: Bearer ${TOKEN}" https://qa-hub.example.com/api/v1/cases`,
  `{"token":"${TOKEN}","active":true}`,
  `https://qa-hub.example.com/?access_token=${TOKEN}&page=2`,
  `2026-11-29T09:30:00Z WARN [api] rejected ${TOKEN}: expired`,
  `token\u00a0${TOKEN}\u200b`,
  `${TOKEN},${TOKEN.replace("abc123", "def456")}`,
  // A token that was cut off or broken at the end of a line.
  TOKEN.slice(0, -8),
  "qh_abc123_",
  "my qh_abc123_x",
  "qh_abc123_01234 56789abcdefghij",
];

describe("a text with a token", () => {
  for (const text of PASTED) {
    test(`is reduced to the prefix: ${text}`, () => assert.equal(withoutSecret(text), "qh_abc123"));
  }
});

describe("a text without a token", () => {
  for (const text of ["", "nightly", " nightly build ", "qh_abc123", "qh_abc", "qh_", "alice@example.com"]) {
    test(`stays as it is: "${text}"`, () => assert.equal(withoutSecret(text), text));
  }
});

/** The files that may use PatternFly's text fields directly: our own fields, name and description (which are refused), the date. */
const FIELDS = [
  "TextField.tsx",
  "SearchField.tsx",
  "NetworksArea.tsx",
  "NameField.tsx",
  "DescriptionField.tsx",
  "ExpiryField.tsx",
].map((file) => join("src/shared", file));

test("every other text field of both consoles is one that reduces tokens", () => {
  const direct = readdirSync("src", { recursive: true })
    .map((file) => join("src", String(file)))
    .filter((file) => file.endsWith(".tsx"))
    .filter((file) => /<(TextInput|SearchInput|TextArea|TextInputGroup|input(?! type="checkbox"))\b/s.test(flat(file)));
  assert.deepEqual(direct.sort(), [...FIELDS].sort());
});

function flat(file: string): string {
  return readFileSync(file, "utf8").replace(/\s+/g, " ");
}
