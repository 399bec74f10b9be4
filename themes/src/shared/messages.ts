import { createContext, useContext } from "react";
import { joinUrl } from "./url";

export type Texts = Record<string, string>;
type Values = Record<string, string | number>;

/** The texts of one language. */
export interface Messages {
  /** The language of the texts, which is another than the console's where the texts are not translated. */
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  /** The text of a key, its {{names}} filled in. */
  t(key: string, values?: Values): string;
  /** The text of key + the plural category of the number ("One", "Few", "Many", "Other"), {{count}} filled in. */
  count(key: string, count: number, values?: Values): string;
}

/** The key of the language of the texts. */
const LANGUAGE = "apiTokensLanguage";

/** The languages that are written from right to left and have a translation of Keycloak, or may get one. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** @param consoleLocale the language of the console */
export function messagesOf(consoleLocale: string, texts: Texts): Messages {
  const locale = languageOf(texts, consoleLocale);
  const direction = RIGHT_TO_LEFT.test(locale) ? "rtl" : "ltr";
  const t = (key: string, values: Values = {}) =>
    (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
      isolated(String(values[name] ?? whole), direction),
    );
  const count = (key: string, number: number, values: Values = {}) => {
    const category = new Intl.PluralRules(locale).select(number);
    const form = key + category.charAt(0).toUpperCase() + category.slice(1);
    return t(form in texts ? form : `${key}Other`, { ...values, count: number.toLocaleString(locale) });
  };
  return { locale, direction, t, count };
}

/** The language of the texts; with the region of the console's language if that is the same language. */
function languageOf(texts: Texts, consoleLocale: string): string {
  const language = texts[LANGUAGE] ?? consoleLocale;
  const [ofConsole, ofTexts] = [consoleLocale, language].map((tag) => tag.split("-")[0]);
  return ofConsole === ofTexts ? consoleLocale : language;
}

const RIGHT_TO_LEFT_LETTER = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A value whose letters do not change the order of the text around it. */
export function isolated(value: string, direction: "ltr" | "rtl"): string {
  return direction === "rtl" || RIGHT_TO_LEFT_LETTER.test(value) ? `\u2068${value}\u2069` : value;
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
