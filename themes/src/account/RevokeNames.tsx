import { type ApiToken, shortForm } from "../shared/tokens";

/** Names the tokens about to be revoked. */
export function RevokeNames({ tokens }: { tokens: ApiToken[] }) {
  return (
    <ul className="qh-revoke-names">
      {tokens.map((token) => (
        <li key={token.id}>
          <strong className="qh-name">
            <bdi>{token.name}</bdi>
          </strong>{" "}
          <code>{shortForm(token)}</code>
        </li>
      ))}
    </ul>
  );
}
