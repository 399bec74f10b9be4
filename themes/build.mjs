// Builds the themes: node build.mjs <classes directory> <version> <unpacked keycloak-account-ui> <unpacked keycloak-admin-ui>
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { pageBundler } from "./build/bundle.mjs";
import { accountContents } from "./build/content.mjs";
import { joinedMessages, LANGUAGES } from "./build/messages.mjs";

const [classes, version, accountUi, adminUi] = process.argv.slice(2);
if (!adminUi) {
  throw new Error("usage: node build.mjs <classes directory> <version> <unpacked account UI> <unpacked admin UI>");
}

const bundler = await pageBundler({ accountUi, adminUi, minify: true });
const bundles = { account: await bundler.account(), admin: await bundler.admin() };
await bundler.dispose();

const sizes = [];
for (const [type, files] of Object.entries(bundles)) {
  const folder = join(classes, "theme/api-tokens", type);
  write(join(folder, "theme.properties"), readFileSync(`theme/${type}.properties`));
  for (const language of LANGUAGES) {
    write(join(folder, `messages/messages_${language}.properties`), joinedMessages(type, language));
  }
  for (const [name, text] of Object.entries(files)) {
    write(join(folder, "resources/api-tokens", name), text);
    sizes.push(`${name} ${(gzipSync(text).length / 1000).toFixed(1)} kB`);
  }
  // The same theme with another name: each version has new resource URLs, which no browser has cached.
  write(join(classes, `theme/api-tokens-${version}`, type, "theme.properties"), `parent=api-tokens\n${scripts(type)}`);
}

const menus = accountContents(join(accountUi, "theme/keycloak.v3/account/resources"), "api-tokens/account.js");
write(join(classes, "theme/api-tokens/account/resources/content.json"), JSON.stringify(menus.current, null, 2));

const earlier = ["api-tokens-before-26.7", `api-tokens-${version}-before-26.7`];
for (const name of earlier) {
  write(join(classes, "theme", name, "account/theme.properties"), "parent=api-tokens\n");
  write(join(classes, "theme", name, "account/resources/content.json"), JSON.stringify(menus.before267, null, 2));
}

const themes = [
  ...["api-tokens", `api-tokens-${version}`].map((name) => ({ name, types: Object.keys(bundles) })),
  ...earlier.map((name) => ({ name, types: ["account"] })),
];
write(join(classes, "META-INF/keycloak-themes.json"), JSON.stringify({ themes }, null, 2));
console.log(`gzipped: ${sizes.join(", ")}`);

/** Before 26.7, the admin console knows only the property "scripts". Here it replaces ours, in a theme that no other extends. */
function scripts(type) {
  return type === "admin" ? "scripts=api-tokens/console.js\nscripts.apiTokens=\n" : "";
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
