import { useEffect, useState } from "react";
import { environment } from "./environment";
import { loadTexts, type Messages, messagesOf, type Texts, textsUrl } from "./messages";
import { store, useStore } from "./store";

const chosen = store<string | undefined>(undefined);

// The console's event when the user chooses another language under Personal info.
window.addEventListener("languageChanged", (event) => {
  chosen.set((event as CustomEvent<{ language: string }>).detail.language);
});

/** The messages in the console's language; undefined until they are loaded. */
export function useConsoleMessages(english: Texts, sessionLocale?: string): Messages | undefined {
  const fromSession = environment.features.isInternationalizationEnabled ? sessionLocale : undefined;
  const locale = useStore(chosen) ?? fromSession ?? environment.locale;
  const [messages, setMessages] = useState<Messages>();
  useEffect(() => {
    let current = true;
    const url = textsUrl(environment.serverBaseUrl, environment.realm, "account", locale);
    void loadTexts(url, english).then((texts) => current && setMessages(messagesOf(locale, texts)));
    return () => {
      current = false;
    };
  }, [locale, english]);
  return messages;
}
