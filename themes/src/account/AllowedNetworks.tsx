import { Button } from "@patternfly/react-core";
import { useState } from "react";
import { useMessages } from "../shared/messages";
import type { ApiToken } from "../shared/tokens";

/** The number of networks that a collapsed list shows. It hides at least two. */
const SHOWN = 3;

/** The networks from which a token can be used, a long list collapsed; nothing if it can be used from everywhere. */
export function AllowedNetworks({ token: { name, allowedNetworks } }: { token: ApiToken }) {
  const { t, count } = useMessages();
  const [expanded, setExpanded] = useState(false);
  if (!allowedNetworks) {
    return null;
  }
  const hidden = allowedNetworks.length > SHOWN + 1 ? allowedNetworks.length - SHOWN : 0;
  const shown = expanded || hidden === 0 ? allowedNetworks : allowedNetworks.slice(0, SHOWN);
  return (
    <div className="qh-description qh-networks">
      {t("apiTokensOnlyFrom", { networks: shown.join(", ") })}
      {hidden > 0 && (
        <>
          {" "}
          <Button
            variant="link"
            isInline
            aria-expanded={expanded}
            aria-label={expanded ? undefined : count("apiTokensNetworksMoreOf", hidden, { name })}
            onClick={() => setExpanded(!expanded)}
          >
            {expanded ? t("apiTokensScopesLess") : t("apiTokensScopesMore", { count: hidden })}
          </Button>
        </>
      )}
    </div>
  );
}
