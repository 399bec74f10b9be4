import { readdirSync, readFileSync } from "node:fs";
import { parseProperties } from "./properties.mjs";

/** The languages that have a file, with underscores as in the files' names. */
export const LANGUAGES = readdirSync("messages/shared")
  .map((file) => /^messages_(\w+)\.properties$/.exec(file)?.[1])
  .filter((language) => language !== undefined);

/** The language whose texts Keycloak takes for a locale; English if there is none. */
export function languageFor(locale) {
  const exact = locale.replaceAll("-", "_");
  return [exact, exact.split("_")[0]].find((language) => LANGUAGES.includes(language)) ?? "en";
}

/** The name of the pages by language tag, for the admin console's menu. */
export function pageNames() {
  return Object.fromEntries(
    LANGUAGES.map((language) => [
      language.replaceAll("_", "-"),
      parseProperties(readFileSync(`messages/shared/messages_${language}.properties`, "utf8")).apiTokens,
    ]),
  );
}

/** The texts that both pages share, and the page's own texts. */
export function joinedMessages(type, language) {
  return ["shared", type]
    .map((folder) => readFileSync(`messages/${folder}/messages_${language}.properties`, "utf8"))
    .join("\n");
}
