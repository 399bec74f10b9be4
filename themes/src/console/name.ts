/** The name of the pages in the console's language, in English if that is missing. */
export function nameIn(locale: string, names: Record<string, string>): string {
  return names[locale] ?? names[locale.split("-")[0] ?? ""] ?? names.en ?? "";
}
