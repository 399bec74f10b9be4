import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The account console's menu: Keycloak's own, and ours after it.
 *
 * Two faults of the console up to 26.7 (keycloak issue 41433) give it its shape. Its router finds our page by the
 * literal path "content/:componentId"; its search for the page's module stops at the first item with children. So the
 * modules are named by two hidden items at the top, one for the address that the user sees and one for the literal path.
 */
export function accountContent(upstreamResources, modulePath) {
  const stock = JSON.parse(readFileSync(join(upstreamResources, "content.json"), "utf8"));
  const hidden = (label, path) => ({ label, path, modulePath, isVisible: "never" });
  return [
    hidden("apiTokensModule", "_/api-tokens"),
    hidden("apiTokensModuleByPath", "_/:componentId"),
    ...stock,
    { label: "developer", children: [{ label: "apiTokens", path: "content/:componentId" }] },
  ];
}
