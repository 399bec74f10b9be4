import "../shared/shared.css";
import { Bullseye, Spinner } from "@patternfly/react-core";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import own from "../../messages/account/messages_en.properties";
import common from "../../messages/shared/messages_en.properties";
import { consoleSession } from "../shared/consoleSession";
import { MessagesProvider, messagesOf } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { asProblem, type Problem } from "../shared/problem";
import type { Session } from "../shared/session";
import { silentSession } from "../shared/silentSession";
import { loadStyles } from "../shared/styles";
import { useConsoleMessages } from "../shared/useConsoleMessages";
import { ApiTokensPage } from "./ApiTokensPage";
import { keepOwnAddress, showOwnAddress } from "./address";

const english = { ...common, ...own };

await loadStyles(new URL("account.css", import.meta.url).href);

/** The component that the account console mounts: loads the session and the texts, then shows the page. */
export default function Main() {
  const anchor = useRef<HTMLDivElement>(null);
  const [session, setSession] = useState<Session>();
  const [problem, setProblem] = useState<Problem>();
  const messages = useConsoleMessages(english, session?.locale);

  useLayoutEffect(() => {
    showOwnAddress();
    return keepOwnAddress();
  }, []);
  useEffect(() => {
    const found = anchor.current && consoleSession(anchor.current);
    Promise.resolve(found ?? silentSession()).then(setSession, (thrown: unknown) => setProblem(asProblem(thrown)));
  }, []);

  const texts = messages ?? messagesOf("en", english);
  return (
    <MessagesProvider value={texts}>
      <div ref={anchor} lang={texts.locale} dir={texts.direction}>
        {problem && <ProblemAlert problem={problem} onRetry={() => location.reload()} />}
        {session && messages && <ApiTokensPage session={session} />}
        {!problem && !(session && messages) && (
          <Bullseye>
            <Spinner aria-hidden />
          </Bullseye>
        )}
      </div>
    </MessagesProvider>
  );
}
