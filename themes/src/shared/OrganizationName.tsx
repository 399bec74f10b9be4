import { useMessages } from "./messages";
import type { ApiToken } from "./tokens";

const REASONS = {
  deleted: "apiTokensOrganizationDeleted",
  disabled: "apiTokensOrganizationDisabled",
  not_member: "apiTokensOrganizationNotMember",
} as const;

/** The organization of a token, and why the token cannot be used for it now; nothing if it is not bound to one. */
export function OrganizationName({ token }: { token: ApiToken }) {
  const { t } = useMessages();
  const { organization, inactiveOrganization: why } = token;
  if (!organization) {
    return null;
  }
  return (
    // One element: a cell of a stacked table is a grid.
    <span>
      <bdi className={why ? "qh-scope qh-inactive" : "qh-scope"}>{organization}</bdi>
      {why && <span className="qh-reason"> ({t(REASONS[why])})</span>}
    </span>
  );
}
