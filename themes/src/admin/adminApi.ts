import { realmApi } from "../shared/adminRights";
import { send } from "../shared/http";
import { asProblem } from "../shared/problem";
import type { CreationRules, Scope } from "../shared/scopes";
import type { Session } from "../shared/session";
import type { ApiToken, CreatedToken, TokenRequest } from "../shared/tokens";
import { type AdminQuery, FIRST_QUERY, type Filter, listParameters } from "./query";

export interface AdminToken extends ApiToken {
  userId: string;
  /** null if Keycloak cannot find the owner. */
  username: string | null;
  /** The client ID if the owner is a service account, otherwise null. */
  client: string | null;
  /** That client's internal id. */
  clientUuid: string | null;
  lastUsedAddress?: string;
  /** What the admin may do with this token. */
  access: { revoke: boolean };
}

export interface AdminTokenPage {
  tokens: AdminToken[];
  total: number;
}

/** A scope that tokens have or may be given, or a client scope that can become one. */
export interface AdminScope extends Scope {
  /** The ID of the client scope; null if there is none. */
  id: string | null;
  grantable: boolean;
  /** The methods that the scope allows at gateways. */
  methods: string[];
  /** The roles of which an owner needs one; null if the admin may not view them. */
  roles: { name: string; client: string | null }[] | null;
  /** The number of tokens that are not revoked; null if the admin may not view all users. */
  tokens: number | null;
  access: { manage: boolean };
}

export type ScopeUpdate = Partial<Pick<AdminScope, "grantable" | "methods">>;

/** Which tokens to revoke, in the format of the REST API. */
export type RevocationBody = { ids: string[] } | { user: string } | { filter: Filter } | { all: true };

export interface Realm extends Record<string, unknown> {
  attributes?: Record<string, string>;
}

/** A realm's Admin REST API, as far as the page needs it. */
export class AdminApi {
  constructor(
    readonly session: Session,
    adminBaseUrl: string,
    readonly realm: string,
    private readonly url = realmApi(adminBaseUrl, realm),
  ) {}

  async list(query: AdminQuery, signal: AbortSignal): Promise<AdminTokenPage> {
    const response = await send(this.session, `${this.url}/api-tokens?${listParameters(query)}`, { signal });
    const tokens = (await response.json()) as AdminToken[];
    return { tokens, total: Number(response.headers.get("X-Total-Count") ?? tokens.length) };
  }

  /** Returns the tokens of a client that are not revoked and whose name contains this one, newest first. */
  async clientTokens(name: string, client: string): Promise<AdminToken[]> {
    const query = { ...FIRST_QUERY, search: name, perPage: 100 };
    const { tokens } = await this.list(query, new AbortController().signal);
    return tokens.filter((token) => token.client === client);
  }

  async read(id: string): Promise<AdminToken> {
    const url = `${this.url}/api-tokens/${encodeURIComponent(id)}`;
    return (await (await send(this.session, url)).json()) as AdminToken;
  }

  /** Revokes a token, even if it was revoked before. */
  async revokeOne(id: string): Promise<void> {
    await send(this.session, `${this.url}/api-tokens/${encodeURIComponent(id)}`, { method: "DELETE" });
  }

  /** Ends the overlap of the secrets that rotations have replaced, even if it has ended before. */
  async endPreviousSecret(id: string): Promise<void> {
    await send(this.session, `${this.url}/api-tokens/${encodeURIComponent(id)}/previous-secret`, { method: "DELETE" });
  }

  /** Returns the number of tokens that were revoked or, in a dry run, would be. */
  async revoke(which: RevocationBody, dryRun: boolean): Promise<number> {
    const response = await send(this.session, `${this.url}/api-tokens/revoke`, {
      method: "POST",
      body: { ...which, dryRun },
    });
    return ((await response.json()) as { revoked: number }).revoked;
  }

  /** Returns the number of tokens that were shortened or, in a dry run, would be. */
  async shorten(dryRun: boolean): Promise<number> {
    const response = await send(this.session, `${this.url}/api-tokens/shorten`, { method: "POST", body: { dryRun } });
    return ((await response.json()) as { shortened: number }).shortened;
  }

  /** Returns the realm's rules for new tokens, also to admins who may not view the realm. */
  async creationRules(signal: AbortSignal): Promise<CreationRules> {
    return (await (await send(this.session, `${this.url}/api-tokens/policy`, { signal })).json()) as CreationRules;
  }

  async create(token: TokenRequest, key: string): Promise<CreatedToken> {
    const response = await send(this.session, `${this.url}/api-tokens`, { method: "POST", body: token, key });
    return (await response.json()) as CreatedToken;
  }

  /** Returns all scopes, or those that the service account of a client may be given. */
  async scopes(signal: AbortSignal, client?: string): Promise<AdminScope[]> {
    const query = client === undefined ? "" : `?${new URLSearchParams({ client })}`;
    return (await (
      await send(this.session, `${this.url}/api-tokens/scopes${query}`, { signal })
    ).json()) as AdminScope[];
  }

  async updateScope(id: string, update: ScopeUpdate): Promise<AdminScope> {
    const url = `${this.url}/api-tokens/scopes/${encodeURIComponent(id)}`;
    return (await (await send(this.session, url, { method: "PUT", body: update })).json()) as AdminScope;
  }

  /** Returns the aliases of a few organizations whose name or alias contains a text. */
  async organizations(text: string, signal: AbortSignal): Promise<string[]> {
    const parameters = new URLSearchParams({ search: text, max: "8" });
    const response = await send(this.session, `${this.url}/organizations?${parameters}`, { signal });
    return ((await response.json()) as { alias: string }[]).map(({ alias }) => alias);
  }

  /** Returns a few usernames that contain a text. */
  async usernames(text: string, signal: AbortSignal): Promise<string[]> {
    // Not "search", which also finds users by their email addresses and names.
    const parameters = new URLSearchParams({ username: text, max: "8", briefRepresentation: "true" });
    const response = await send(this.session, `${this.url}/users?${parameters}`, { signal });
    return ((await response.json()) as { username: string }[]).map(({ username }) => username);
  }

  /** Returns the name of the user with this ID. */
  async username(id: string, signal: AbortSignal): Promise<string> {
    const response = await send(this.session, `${this.url}/users/${encodeURIComponent(id)}`, { signal });
    return ((await response.json()) as { username: string }).username;
  }

  /** Returns the IDs of a few clients that have a service account and whose client ID contains a text. */
  async serviceClients(text: string, signal: AbortSignal): Promise<string[]> {
    const parameters = new URLSearchParams({ clientId: text, search: "true", max: "20" });
    const response = await send(this.session, `${this.url}/clients?${parameters}`, { signal });
    const clients = (await response.json()) as { clientId: string; serviceAccountsEnabled?: boolean }[];
    return clients.filter((client) => client.serviceAccountsEnabled).map(({ clientId }) => clientId);
  }

  /** Returns a few client IDs that contain a text. */
  async clientIds(text: string, signal: AbortSignal): Promise<string[]> {
    const parameters = new URLSearchParams({ clientId: text, search: "true", max: "20" });
    const response = await send(this.session, `${this.url}/clients?${parameters}`, { signal });
    return ((await response.json()) as { clientId: string }[]).map(({ clientId }) => clientId);
  }

  /** Whether the realm has a client with this ID; undefined if the admin may not know. */
  async hasClient(clientId: string): Promise<boolean | undefined> {
    try {
      const response = await send(this.session, `${this.url}/clients?${new URLSearchParams({ clientId })}`);
      return ((await response.json()) as unknown[]).length > 0;
    } catch (thrown) {
      if (asProblem(thrown).kind === "refused") {
        return undefined;
      }
      throw thrown;
    }
  }

  async readRealm(): Promise<Realm> {
    return (await (await send(this.session, this.url)).json()) as Realm;
  }

  async writeRealm(realm: Realm): Promise<void> {
    await send(this.session, this.url, { method: "PUT", body: realm });
  }
}
