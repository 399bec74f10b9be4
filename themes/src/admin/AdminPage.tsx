import { Divider, PageSection, Tab, Tabs, TabTitleText, Text, TextContent } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import { setAddress, useAddress } from "./address";
import { useAdmin } from "./AdminContext";
import { PolicyTab } from "./PolicyTab";
import { TokensTab } from "./TokensTab";

/** The page: what it is for, and a tab each for the tokens and for the realm's policy. */
export function AdminPage() {
  const { t } = useMessages();
  const { rights } = useAdmin();
  const address = useAddress();
  const tab = rights.viewPolicy && address.get("tab") === "policy" ? "policy" : "tokens";
  const open = (chosen: string | number) =>
    setAddress(new URLSearchParams(chosen === "policy" ? { tab: "policy" } : {}), false);
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
          <Tabs activeKey={tab} onSelect={(_event, chosen) => open(chosen)} inset={{ default: "insetMd" }} usePageInsets component="nav">
            <Tab eventKey="tokens" title={<TabTitleText>{t("apiTokensTabTokens")}</TabTitleText>} data-testid="tab-tokens" />
            <Tab eventKey="policy" title={<TabTitleText>{t("apiTokensTabPolicy")}</TabTitleText>} data-testid="tab-policy" />
          </Tabs>
        </PageSection>
      ) : (
        <Divider />
      )}
      <PageSection variant="light" isFilled>
        {tab === "policy" ? <PolicyTab /> : <TokensTab />}
      </PageSection>
    </>
  );
}
