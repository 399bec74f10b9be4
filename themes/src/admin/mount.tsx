import "../shared/shared.css";
import "./admin.css";
import { Bullseye, PageSection, Spinner, Title } from "@patternfly/react-core";
import { useMemo } from "react";
import { createRoot } from "react-dom";
import own from "../../messages/admin/messages_en.properties";
import common from "../../messages/shared/messages_en.properties";
import { adminRights, realmApi } from "../shared/adminRights";
import { type Messages, MessagesProvider, messagesOf, textsUrl } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useLoaded } from "../shared/useLoaded";
import { whoAmI } from "../shared/whoAmI";
import { type Admin, AdminProvider } from "./AdminContext";
import { AdminPage } from "./AdminPage";
import { AdminApi } from "./adminApi";
import { type ElementContext, REALM_CHANGED } from "./context";
import { contextSession } from "./contextSession";
import { consoleTexts } from "./texts";

const english = { ...common, ...own };

/** Shows the page in an element; returns a function that removes it. */
export function mount(element: HTMLElement, context: ElementContext): () => void {
  const root = createRoot(element);
  root.render(<Main element={element} context={context} />);
  return () => root.unmount();
}

interface Ready {
  messages: Messages;
  admin: Admin;
}

/** Loads the admin's rights and the texts, then shows the page. */
function Main({ element, context }: { element: HTMLElement; context: ElementContext }) {
  const session = useMemo(() => contextSession(context), [context]);
  const loaded = useLoaded<Ready | undefined>(undefined, "", prepare);
  if (loaded.value) {
    return (
      <MessagesProvider value={loaded.value.messages}>
        <AdminProvider value={loaded.value.admin}>
          <AdminPage />
        </AdminProvider>
      </MessagesProvider>
    );
  }
  return (
    <MessagesProvider value={messagesOf("en", english)}>
      {loaded.problem && (
        <PageSection variant="light" isFilled>
          <Title headingLevel="h1">{english.apiTokens}</Title>
          <ProblemAlert problem={loaded.problem} session={session} onRetry={loaded.reload} />
        </PageSection>
      )}
      {loaded.loading && !loaded.problem && (
        <Bullseye>
          <Spinner aria-hidden />
        </Bullseye>
      )}
    </MessagesProvider>
  );

  async function prepare(): Promise<Ready> {
    const { adminBaseUrl, realm, realmRepresentation } = context;
    const { loginRealm, locale, roles } = await whoAmI(session, adminBaseUrl, realm);
    const [texts, rights] = await Promise.all([
      consoleTexts(textsUrl(adminBaseUrl, loginRealm, "admin", locale), english),
      adminRights(session, realmApi(adminBaseUrl, realm), roles),
    ]);
    const realmChanged = () => void element.dispatchEvent(new CustomEvent(REALM_CHANGED, { bubbles: true }));
    const messages = messagesOf(locale, texts);
    element.lang = messages.locale;
    element.dir = messages.direction;
    return {
      messages,
      admin: {
        api: new AdminApi(session, adminBaseUrl, realm),
        rights,
        organizations: realmRepresentation.organizationsEnabled === true,
        realmChanged,
      },
    };
  }
}
