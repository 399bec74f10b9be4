import { Divider, PageSection, Tab, Tabs, TabTitleText, Text, TextContent } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import { useAdmin } from "./AdminContext";
import { setAddress, useAddress } from "./address";
import { PolicyTab } from "./PolicyTab";
import { TokensTab } from "./TokensTab";

const CONTENT = "api-tokens-content";

/** The page: its description, and tabs for the tokens and for the realm's policy. */
export function AdminPage() {
  const { t } = useMessages();
  const { rights } = useAdmin();
  const address = useAddress();
  const tab = rights.viewPolicy && address.get("tab") === "policy" ? "policy" : "tokens";
  const open = (chosen: string | number) =>
    setAddress(new URLSearchParams(chosen === "policy" ? { tab: "policy" } : {}), false);
  // By the ID that PatternFly assigns to a tab.
  const panel = rights.viewPolicy ? { role: "tabpanel", "aria-labelledby": `pf-tab-${tab}-api-tokens` } : {};
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
      {rights.viewPolicy ? (
        <PageSection variant="light" type="tabs" padding={{ default: "noPadding" }}>
          <Tabs activeKey={tab} onSelect={(_event, chosen) => open(chosen)} id="api-tokens" usePageInsets>
            <Tab
              eventKey="tokens"
              tabContentId={CONTENT}
              title={<TabTitleText>{t("apiTokensTabTokens")}</TabTitleText>}
              data-testid="tab-tokens"
            />
            <Tab
              eventKey="policy"
              tabContentId={CONTENT}
              title={<TabTitleText>{t("apiTokensTabPolicy")}</TabTitleText>}
              data-testid="tab-policy"
            />
          </Tabs>
        </PageSection>
      ) : (
        <Divider />
      )}
      <PageSection variant="light" isFilled id={CONTENT} {...panel}>
        {tab === "policy" ? <PolicyTab /> : <TokensTab />}
      </PageSection>
    </>
  );
}
