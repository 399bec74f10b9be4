import { readFileSync } from "node:fs";

export const LANGUAGES = ["en", "de"];

/** The texts that both pages share, and the page's own texts. */
export function joinedMessages(type, language) {
  return ["shared", type]
    .map((folder) => readFileSync(`messages/${folder}/messages_${language}.properties`, "utf8"))
    .join("\n");
}
