import ExternalLinkAltIcon from "@patternfly/react-icons/dist/esm/icons/external-link-alt-icon";
import { useMessages } from "../shared/messages";

/** A link to the realm's own page about API tokens, which opens beside this page. */
export function LearnMore({ url }: { url: string }) {
  const { t } = useMessages();
  return (
    <a id="api-tokens-help" href={url} target="_blank" rel="noreferrer noopener">
      {t("apiTokensLearnMore")} <ExternalLinkAltIcon />
      <span className="pf-v5-screen-reader">{t("apiTokensOpensTab")}</span>
    </a>
  );
}
