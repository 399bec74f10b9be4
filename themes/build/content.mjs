import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The account console's menu: Keycloak's entries, followed by ours.
 *
 * The menu works around two bugs of the console up to 26.7 (keycloak issue 41433): the router finds our page by the
 * literal path "content/:componentId", and the search for the page's module stops at the first item with children.
 * Therefore, two hidden items at the top name the module, one for the visible URL and one for the literal path.
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
