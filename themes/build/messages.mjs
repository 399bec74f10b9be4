import { readFileSync } from "node:fs";

export const LANGUAGES = ["en", "de"];

/** The texts that both pages have, and a page's own. */
export function joinedMessages(type, language) {
  return ["shared", type]
    .map((folder) => readFileSync(`messages/${folder}/messages_${language}.properties`, "utf8"))
    .join("\n");
}
