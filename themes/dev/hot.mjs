const CLIENT = "/api-tokens-dev/client.js";

/** Adds code before each page's bundle that replaces it with its newest version. The code runs in the browser. */
export const hotFiles = {
  account: (files) => ({
    ...files,
    "account.js": `import { hotComponent } from "${CLIENT}";
export default await hotComponent(new URL("account.bundle.js", import.meta.url).href);
`,
    "account.bundle.js": files["account.js"],
  }),
  admin: (files) => ({
    "admin.js": `const bundle = new URL("admin.bundle.js", document.currentScript.src).href;
import("${CLIENT}").then(({ hotElement }) => hotElement("qh-api-tokens", bundle));
`,
    "admin.bundle.js": `export function run(customElements) {\n${files["admin.js"]}}\n`,
    "console.js": `${files["console.js"]}
import("${CLIENT}").then(({ reloadWhenChanged }) => reloadWhenChanged(import.meta.url));
`,
  }),
};
