import { Divider, PageSection, Tab, Tabs, TabTitleText, Text, TextContent } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import { useStore } from "../shared/store";
import { useFocusReturn } from "../shared/useFocusReturn";
import { useLeaveQuestion } from "../shared/useLeaveQuestion";
import { useAdmin } from "./AdminContext";
import { setAddress, useAddress } from "./address";
import { PolicyTab } from "./PolicyTab";
import { policyEdits } from "./policyEdits";
import { ScopesTab } from "./ScopesTab";
import { TokensTab } from "./TokensTab";

const CONTENT = "api-tokens-content";

const TOKENS = { key: "tokens", title: "apiTokensTabTokens", Content: TokensTab };
const SCOPES = { key: "scopes", title: "apiTokensScopes", Content: ScopesTab };
const POLICY = { key: "policy", title: "apiTokensTabPolicy", Content: PolicyTab };

/** The page: its description, and tabs for the tokens, the scopes and the realm's policy. */
export function AdminPage() {
  const { t } = useMessages();
  const { api, rights } = useAdmin();
  const address = useAddress();
  useLeaveQuestion(Object.keys(useStore(policyEdits)[api.realm] ?? {}).length > 0);
  useFocusReturn(() => document.getElementById("api-tokens-heading"));
  const tabs = [TOKENS, ...(rights.viewScopes ? [SCOPES] : []), ...(rights.viewPolicy ? [POLICY] : [])];
  const tab = tabs.find(({ key }) => key === address.get("tab")) ?? TOKENS;
  const open = (chosen: string | number) =>
    setAddress(new URLSearchParams(chosen === TOKENS.key ? {} : { tab: String(chosen) }), false);
  // By the ID that PatternFly assigns to a tab.
  const panel = tabs.length > 1 ? { role: "tabpanel", "aria-labelledby": `pf-tab-${tab.key}-api-tokens` } : {};
  return (
    <>
      <PageSection variant="light">
        <TextContent>
          <Text component="h1" data-testid="view-header" id="api-tokens-heading" tabIndex={-1}>
            {t("apiTokens")}
          </Text>
          <Text component="p">{t("apiTokensAdminDescription")}</Text>
        </TextContent>
      </PageSection>
      {tabs.length > 1 ? (
        <PageSection variant="light" type="tabs" padding={{ default: "noPadding" }}>
          <Tabs activeKey={tab.key} onSelect={(_event, chosen) => open(chosen)} id="api-tokens" usePageInsets>
            {tabs.map(({ key, title }) => (
              <Tab
                key={key}
                eventKey={key}
                tabContentId={CONTENT}
                title={<TabTitleText>{t(title)}</TabTitleText>}
                data-testid={`tab-${key}`}
              />
            ))}
          </Tabs>
        </PageSection>
      ) : (
        <Divider />
      )}
      <PageSection variant="light" isFilled id={CONTENT} {...panel}>
        <tab.Content />
      </PageSection>
    </>
  );
}
