import { Text, TextContent } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import { RevokeNames } from "../shared/RevokeNames";
import { useAdmin } from "./AdminContext";
import { ownerName } from "./consoleLinks";
import { isFiltered } from "./query";
import type { Revocation } from "./revocation";

interface Props {
  revocation: Revocation;
  expected?: number;
}

const NAMED = 10;

/** Describes which tokens will be revoked, and the consequence. */
export function RevocationScope({ revocation, expected }: Props) {
  const { t, count } = useMessages();
  const { api } = useAdmin();
  return (
    <>
      {revocation.kind === "tokens" && (
        <RevokeNames tokens={revocation.tokens.slice(0, NAMED)} ownerOf={(token) => ownerName(token)} />
      )}
      <TextContent id="revoke-consequence">
        {revocation.kind === "tokens" && revocation.tokens.length > NAMED && (
          <Text component="p">{t("apiTokensAndMore", { count: revocation.tokens.length - NAMED })}</Text>
        )}
        {revocation.kind === "owner" && (
          <Text component="p">{t("apiTokensAllOfOwner", { name: revocation.name })}</Text>
        )}
        {revocation.kind === "scope" && (
          <Text component="p">{t("apiTokensAllOfScope", { name: revocation.name })}</Text>
        )}
        {revocation.kind === "match" && (
          <Text component="p">
            {isFiltered(revocation.query) ? t("apiTokensAllThatMatch") : t("apiTokensAllOfRealm", { realm: api.realm })}
          </Text>
        )}
        <Text component="p">
          {expected === 0 ? t("apiTokensNothingToRevoke") : count("apiTokensRevokeConsequence", expected ?? 2)}
        </Text>
      </TextContent>
    </>
  );
}
