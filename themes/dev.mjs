// Serves the consoles of a running Keycloak with the pages in this folder, and replaces them in the browser after a change.
import { existsSync } from "node:fs";
import { pageBundler } from "./build/bundle.mjs";
import { joinedMessages } from "./build/messages.mjs";
import { parseProperties } from "./build/properties.mjs";
import { hotFiles } from "./dev/hot.mjs";
import { onSave } from "./dev/onSave.mjs";
import { devServer } from "./dev/server.mjs";

const { KEYCLOAK_URL = "http://localhost:8080", PORT = "8090" } = process.env;
const accountUi = "../target/keycloak-account-ui";
const adminUi = "../target/keycloak-admin-ui";
if (!existsSync(adminUi)) {
  console.error("The consoles that the pages are built against are not there yet: run ./mvnw -Pdemo first.");
  process.exit(1);
}

const bundler = await pageBundler({ accountUi, adminUi, minify: false });
/** Bundles by theme type, built on request, so that a page that is not open is not bundled. */
let bundles = {};

const server = devServer(KEYCLOAK_URL, {
  async file(type, name) {
    bundles[type] ??= bundle(type);
    return (await bundles[type])[name];
  },
  texts: (type, language) => parseProperties(joinedMessages(type, language)),
});

async function bundle(type) {
  const start = Date.now();
  const files = hotFiles[type](await bundler[type]());
  console.log(`Bundled the ${type} console's page in ${Date.now() - start} ms`);
  return files;
}

onSave(["src", "messages"], () => {
  bundles = {};
  server.changed();
});

server.listen(Number(PORT), "localhost", () => {
  console.log(`
Both consoles with the pages of this folder, replaced whenever a file in src or messages is saved (Keycloak: ${KEYCLOAK_URL}):

  Account console   http://localhost:${PORT}/realms/qa-hub/account/content/api-tokens
  Admin console     http://localhost:${PORT}/admin/master/console/#/qa-hub/api-tokens
`);
});
