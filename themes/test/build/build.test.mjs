import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { build } from "esbuild";
import { accountContents } from "../../build/content.mjs";
import { joinedMessages, LANGUAGES } from "../../build/messages.mjs";
import { parseProperties } from "../../build/properties.mjs";
import { patternflyStyles, usedStyles } from "../../build/styles.mjs";

const folder = mkdtempSync(join(tmpdir(), "themes-"));
after(() => rmSync(folder, { recursive: true }));

function file(name, text) {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe("a message file", () => {
  test("has one text a line, with comments and blank lines between", () => {
    assert.deepEqual(parseProperties("# Page\r\na = 1\r\n\r\nb=x = y # z\n"), { a: "1", b: "x = y # z" });
  });

  test("of a page has the shared texts and its own, in each language", () => {
    for (const language of LANGUAGES) {
      for (const type of ["account", "admin"]) {
        const texts = parseProperties(joinedMessages(type, language));
        assert.ok(texts.apiTokensRevoke, "a shared text");
        assert.ok(texts.apiTokensNotFoundAdvice, "a text of its own");
      }
    }
  });
});

test("the account console's menu is Keycloak's, with ours at its end and the modules hidden at its start", () => {
  file("content.json", '[{ "label": "personalInfo", "path": "" }]');
  const content = accountContents(folder, "a.js").current;
  assert.deepEqual(
    content.map(({ label, isVisible }) => [label, isVisible]),
    [
      ["apiTokensModule", "never"],
      ["apiTokensModuleByPath", "never"],
      ["personalInfo", undefined],
      ["developer", undefined],
    ],
  );
  assert.deepEqual(
    content.map(({ modulePath }) => modulePath),
    ["a.js", "a.js", undefined, undefined],
  );
});

test("before 26.7, the menu has no entry or condition that the console does not know", () => {
  file(
    "content.json",
    JSON.stringify([
      { label: "applications", path: "applications", isVisible: "isViewApplicationsEnabled" },
      { label: "verifiableCredentials", path: "verifiable-credentials", isVisible: "isOid4VciEnabled" },
      { label: "groups", path: "groups", isVisible: "isViewGroupsEnabled" },
    ]),
  );
  assert.deepEqual(accountContents(folder, "a.js").before267.slice(2, -1), [
    { label: "applications", path: "applications" },
    { label: "groups", path: "groups", isVisible: "isViewGroupsEnabled" },
    { label: "oid4vci", path: "oid4vci", isVisible: "isOid4VciEnabled" },
  ]);
});

describe("PatternFly's styles", () => {
  const style = (name) => file(`react-styles/css/components/${name}/${name}.css`, `.pf-v5-c-${name}{color:red}`);

  test("are bundled where they are used and the console's page has not got them", async () => {
    const entry = file(
      "entry.js",
      ["button", "label", "modal"].map((name) => `import ${JSON.stringify(style(name))};`).join("\n"),
    );
    file("assets/main-abc.css", ".pf-v5-c-button{color:red}.pf-v5-c-label__text{color:red}");
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      minify: true,
      outdir: "out",
      plugins: [patternflyStyles((name) => name !== "modal", folder)],
    });
    const css = outputFiles.find(({ path }) => path.endsWith(".css")).text;
    assert.equal(css.trim(), ".pf-v5-c-label{color:red}");
  });

  test("are used where something of their names is left in the script", () => {
    const inputs = {
      "react-styles/css/components/Button/button.mjs": { bytesInOutput: 10 },
      "react-styles/css/components/Modal/modal.mjs": { bytesInOutput: 0 },
    };
    assert.deepEqual(
      usedStyles({ outputs: { "out/a.css": { inputs: {} }, "out/a.js": { inputs } } }),
      new Set(["button"]),
    );
  });

  test("cannot be told where the console's style sheet is not where it was", () => {
    file("other/assets/console.css", "");
    assert.throws(() => patternflyStyles(() => true, join(folder, "other")), /assets\/main-\*\.css/);
  });
});
