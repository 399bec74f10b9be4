import { loadTexts, type Texts } from "../shared/messages";

/** The texts by URL, because the page is mounted again with each visit. */
const loaded = new Map<string, Texts>();

/**
 * Returns the texts of the console's theme. They are large, and the console has loaded them from the same URL when it
 * started, so that the browser has them in its cache.
 */
export async function consoleTexts(url: string, english: Texts): Promise<Texts> {
  const texts = loaded.get(url) ?? (await loadTexts(url, english, "force-cache"));
  if (texts !== english) {
    loaded.set(url, texts);
  }
  return texts;
}
