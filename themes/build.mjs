// Builds the themes: node build.mjs <classes directory> <version> <unpacked keycloak-account-ui> <unpacked keycloak-admin-ui>
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundleElement, bundlePage, bundleScript } from "./build/bundle.mjs";
import { accountContent } from "./build/content.mjs";
import { joinedMessages, LANGUAGES } from "./build/messages.mjs";

const [classes, version, accountUi, adminUi] = process.argv.slice(2);
if (!adminUi) {
  throw new Error("usage: node build.mjs <classes directory> <version> <unpacked account UI> <unpacked admin UI>");
}

const account = theme("account");
const accountResources = join(accountUi, "theme/keycloak.v3/account/resources");
await bundlePage("src/account/main.tsx", join(account, "resources/api-tokens/account.js"), accountResources);
write(
  join(account, "resources/content.json"),
  JSON.stringify(accountContent(accountResources, "api-tokens/account.js"), null, 2),
);

const admin = theme("admin");
const adminResources = join(adminUi, "theme/keycloak.v2/admin/resources");
await bundleElement(
  "src/admin/element.ts",
  "src/admin/mount.tsx",
  join(admin, "resources/api-tokens/admin.js"),
  adminResources,
);
await bundleScript("src/console/main.ts", join(admin, "resources/api-tokens/console.js"));

const names = ["api-tokens", `api-tokens-${version}`];
write(
  join(classes, "META-INF/keycloak-themes.json"),
  JSON.stringify({ themes: names.map((name) => ({ name, types: ["account", "admin"] })) }, null, 2),
);
console.log(
  `gzipped: ${[size(account, "account.js"), size(account, "account.css"), size(admin, "admin.js"), size(admin, "console.js")].join(", ")}`,
);

/** Writes what each theme has, and returns its folder. */
function theme(type) {
  const folder = join(classes, "theme/api-tokens", type);
  write(join(folder, "theme.properties"), readFileSync(`theme/${type}.properties`));
  for (const language of LANGUAGES) {
    write(join(folder, `messages/messages_${language}.properties`), joinedMessages(type, language));
  }
  mkdirSync(join(folder, "resources/api-tokens"), { recursive: true });
  // The same theme by another name: with each version its resources have new URLs, which no browser has cached.
  write(join(classes, `theme/api-tokens-${version}`, type, "theme.properties"), "parent=api-tokens\n");
  return folder;
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function size(folder, file) {
  const bytes = gzipSync(readFileSync(join(folder, "resources/api-tokens", file))).length;
  return `${file} ${(bytes / 1000).toFixed(1)} kB`;
}
