import { createContext, useContext } from "react";
import { joinUrl } from "./url";

export type Texts = Record<string, string>;
type Values = Record<string, string | number>;

/** The texts of one language. */
export interface Messages {
  readonly locale: string;
  /** The text of a key, its {{names}} filled in. */
  t(key: string, values?: Values): string;
  /** The text of key + "One" or key + "Other", {{count}} filled in. */
  count(key: string, count: number): string;
}

export function messagesOf(locale: string, texts: Texts): Messages {
  const t = (key: string, values: Values = {}) =>
    (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));
  const count = (key: string, number: number) =>
    t(key + (new Intl.PluralRules(locale).select(number) === "one" ? "One" : "Other"), {
      count: number.toLocaleString(locale),
    });
  return { locale, t, count };
}

const MessagesContext = createContext<Messages | undefined>(undefined);
export const MessagesProvider = MessagesContext.Provider;

export function useMessages(): Messages {
  const messages = useContext(MessagesContext);
  if (!messages) {
    throw new Error("No messages are loaded.");
  }
  return messages;
}

/** Loads a theme's texts over the bundled English ones, which are used if the server cannot be reached. */
export async function loadTexts(url: string, english: Texts, cache?: RequestCache): Promise<Texts> {
  try {
    const response = await fetch(url, { cache });
    const entries = (await response.json()) as { key: string; value: string }[];
    return { ...english, ...Object.fromEntries(entries.map(({ key, value }) => [key, value])) };
  } catch {
    return english;
  }
}

/** The URL of the texts of a realm's theme. */
export function textsUrl(baseUrl: string, realm: string, themeType: "account" | "admin", locale: string): string {
  return joinUrl(baseUrl, `resources/${encodeURIComponent(realm)}/${themeType}/${encodeURIComponent(locale)}`);
}
