import { type ApiToken, shortForm } from "./tokens";

interface Props<T extends ApiToken> {
  tokens: T[];
  /** Returns the owner of a token, if it must be shown. */
  ownerOf?(token: T): string;
}

/** Lists the names of the tokens to be revoked. */
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
