import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The account console's menu: Keycloak's entries, followed by ours, since 26.7 and before.
 *
 * The menu works around two bugs of the console up to 26.7 (keycloak issue 41433): the router finds our page by the
 * literal path "content/:componentId", and the search for the page's module stops at the first item with children.
 * Therefore, two hidden items at the top name the module, one for the visible URL and one for the literal path.
 */
export function accountContents(upstreamResources, modulePath) {
  const stock = JSON.parse(readFileSync(join(upstreamResources, "content.json"), "utf8"));
  const hidden = (label, path) => ({ label, path, modulePath, isVisible: "never" });
  const withOurs = (entries) => [
    hidden("apiTokensModule", "_/api-tokens"),
    hidden("apiTokensModuleByPath", "_/:componentId"),
    ...entries,
    { label: "developer", children: [{ label: "apiTokens", path: "content/:componentId" }] },
  ];
  return { current: withOurs(stock), before267: withOurs(before267(stock)) };
}

/** Keycloak's entries before 26.7, whose console hides entries with a condition that it does not know. */
function before267(stock) {
  return stock
    .filter(({ label }) => label !== "verifiableCredentials")
    .map(({ label, path, ...rest }) => (label === "applications" ? { label, path } : { label, path, ...rest }))
    .concat({ label: "oid4vci", path: "oid4vci", isVisible: "isOid4VciEnabled" });
}
