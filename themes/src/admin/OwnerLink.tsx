import { Label } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import { useAdmin } from "./AdminContext";
import type { AdminToken } from "./adminApi";
import { ownerLink, ownerName } from "./consoleLinks";

/** Links to the user, or to the client whose service account the owner is. */
export function OwnerLink({ token }: { token: AdminToken }) {
  const { t } = useMessages();
  const { api } = useAdmin();
  return (
    <span>
      <a className="qh-name" href={ownerLink(api.realm, token)}>
        <bdi>{ownerName(token)}</bdi>
      </a>
      {token.client && (
        <>
          {" "}
          <Label isCompact color="blue">
            {t("apiTokensClient")}
          </Label>
        </>
      )}
    </span>
  );
}
