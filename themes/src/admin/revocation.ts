import type { AdminToken, RevocationBody } from "./adminApi";
import { ownerName } from "./consoleLinks";
import { type AdminQuery, filterOf } from "./query";

/** The tokens that an admin is about to revoke. */
export type Revocation =
  | { kind: "tokens"; tokens: AdminToken[] }
  | { kind: "owner"; id: string; name: string }
  | { kind: "scope"; name: string }
  | { kind: "match"; query: AdminQuery };

export function ofOwner(token: AdminToken): Revocation {
  return { kind: "owner", id: token.userId, name: ownerName(token) };
}

/** The revocation in the format of the REST API. */
export function bodyOf(revocation: Revocation): RevocationBody {
  if (revocation.kind === "tokens") {
    return { ids: revocation.tokens.map((token) => token.id) };
  }
  if (revocation.kind === "owner") {
    return { user: revocation.id };
  }
  if (revocation.kind === "scope") {
    return { filter: { scope: revocation.name } };
  }
  const filter = filterOf(revocation.query);
  return Object.keys(filter).length > 0 ? { filter } : { all: true };
}
