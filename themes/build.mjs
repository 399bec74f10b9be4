// Builds the theme into the directory given: node build.mjs <classes directory> <version> <unpacked keycloak-account-ui>
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { bundle } from "./build/bundle.mjs";
import { accountContent } from "./build/content.mjs";

const [classes, version, accountUi] = process.argv.slice(2);
if (!classes || !version || !accountUi) {
  throw new Error("usage: node build.mjs <classes directory> <version> <unpacked keycloak-account-ui>");
}
const upstream = join(accountUi, "theme/keycloak.v3/account/resources");
const theme = join(classes, "theme/api-tokens/account");
const alias = join(classes, `theme/api-tokens-${version}/account`);

cpSync("theme/account", theme, { recursive: true });
await bundle("src/account/main.tsx", join(theme, "resources/api-tokens/account.js"), upstream);
write(join(theme, "resources/content.json"), JSON.stringify(accountContent(upstream, "api-tokens/account.js"), null, 2));

// The same theme by another name: with each version its resources have new URLs, which no browser has cached.
mkdirSync(alias, { recursive: true });
write(join(alias, "theme.properties"), "parent=api-tokens\n");
mkdirSync(join(classes, "META-INF"), { recursive: true });
const themes = ["api-tokens", `api-tokens-${version}`].map((name) => ({ name, types: ["account"] }));
write(join(classes, "META-INF/keycloak-themes.json"), JSON.stringify({ themes }, null, 2));

const sizes = ["account.js", "account.css"].map((file) => {
  const bytes = gzipSync(readFileSync(join(theme, "resources/api-tokens", file))).length;
  return `${file} ${(bytes / 1000).toFixed(1)} kB`;
});
console.log(`gzipped: ${sizes.join(", ")}`);

function write(file, text) {
  writeFileSync(file, text);
}
