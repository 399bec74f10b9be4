import { Button } from "@patternfly/react-core";
import { useState } from "react";
import { useMessages } from "./messages";
import { type ApiToken, shortDescription } from "./tokens";

/** The description of a token, a long one collapsed; nothing if there is none. */
export function Description({ token }: { token: ApiToken }) {
  const { t } = useMessages();
  const [expanded, setExpanded] = useState(false);
  const { name, description } = token;
  if (!description) {
    return null;
  }
  const short = shortDescription(description);
  return (
    <div className="qh-description">
      <span dir="auto">{expanded ? description : short}</span>
      {short !== description && (
        <>
          {" "}
          <Button
            variant="link"
            isInline
            aria-expanded={expanded}
            aria-label={expanded ? undefined : t("apiTokensDescriptionMoreOf", { name })}
            onClick={() => setExpanded(!expanded)}
          >
            {t(expanded ? "apiTokensDescriptionLess" : "apiTokensDescriptionMore")}
          </Button>
        </>
      )}
    </div>
  );
}
