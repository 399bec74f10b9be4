import { type ApiToken, shortForm } from "./tokens";

interface Props<T extends ApiToken> {
  tokens: T[];
  /** Whose a token is, where that is not clear. */
  ownerOf?(token: T): string;
}

/** Names the tokens about to be revoked. */
export function RevokeNames<T extends ApiToken>({ tokens, ownerOf }: Props<T>) {
  return (
    <ul className="qh-revoke-names">
      {tokens.map((token) => (
        <li key={token.id}>
          <strong className="qh-name">
            <bdi>{token.name}</bdi>
          </strong>{" "}
          <code>{shortForm(token)}</code>
          {ownerOf && (
            <>
              {" "}
              (<bdi>{ownerOf(token)}</bdi>)
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
