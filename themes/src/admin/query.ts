import type { Scope, Status } from "../shared/tokens";

/** Which tokens to list; "current" are those that are not revoked. */
export type StatusFilter = Status | "all" | "current";
export type Sort = "created" | "lastUsed" | "expires";

/** What the list shows. Blank stands for "whatever". */
export interface AdminQuery {
  search: string;
  user: string;
  status: StatusFilter;
  scope: Scope | "";
  /** "never", or for how many days a token has not been used. */
  unused: string;
  /** Within how many days a token expires. */
  expires: string;
  sort: Sort;
  descending: boolean;
  page: number;
  perPage: number;
}

/** The fields of a filter, as the REST resource has them. */
export type Filter = Record<string, string | boolean>;

export const FIRST_QUERY: AdminQuery = {
  search: "",
  user: "",
  status: "current",
  scope: "",
  unused: "",
  expires: "",
  sort: "created",
  descending: true,
  page: 1,
  perPage: 20,
};

const TOKEN_STRING = /^(qh_[0-9a-z]{6})_/;
const WHOLE_PREFIX = /^qh_[0-9a-z]{6}$/;

/** What is left of a search once a secret in it is cut off: nothing else may get into an address or a request. */
export function withoutSecret(search: string): string {
  return TOKEN_STRING.exec(search.trim())?.[1] ?? search;
}

/** Whether a search names one token; whoever looks for that one wants to see it revoked, too. */
export function namesOneToken(search: string): boolean {
  return WHOLE_PREFIX.test(search.trim());
}

export function filterOf(query: AdminQuery): Filter {
  const filter: Filter = {};
  const put = (name: string, value: string | boolean) => {
    if (value) {
      filter[name] = value;
    }
  };
  put("search", withoutSecret(query.search).trim());
  put("user", query.user.trim());
  put("status", query.status === "current" ? "" : query.status);
  put("scope", query.scope);
  put(query.unused === "never" ? "neverUsed" : "notUsedForDays", query.unused === "never" || query.unused);
  put("expiresWithinDays", query.expires);
  return filter;
}

export function isFiltered(query: AdminQuery): boolean {
  return Object.keys(filterOf(query)).length > 0;
}

/** The query as parameters of the list's REST resource. */
export function listParameters(query: AdminQuery): URLSearchParams {
  const parameters = texts(filterOf(query));
  parameters.set("sort", query.sort);
  parameters.set("order", query.descending ? "desc" : "asc");
  parameters.set("first", String((query.page - 1) * query.perPage));
  parameters.set("max", String(query.perPage));
  return parameters;
}

/** The query as parameters of the page's address; what is as always is left out. */
export function addressParameters(query: AdminQuery): URLSearchParams {
  const parameters = texts(filterOf(query));
  const put = (name: string, value: string | number, usual: string | number) =>
    value !== usual && parameters.set(name, String(value));
  put("sort", query.sort, FIRST_QUERY.sort);
  put("order", query.descending ? "desc" : "asc", "desc");
  put("page", query.page, FIRST_QUERY.page);
  put("perPage", query.perPage, FIRST_QUERY.perPage);
  return parameters;
}

function texts(filter: Filter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));
}

/** Reads the address, which anyone may have written. */
export function queryOf(parameters: URLSearchParams): AdminQuery {
  const text = (name: string) => parameters.get(name) ?? "";
  const one = <T extends string>(name: string, of: readonly T[], usual: T) =>
    of.find((value) => value === text(name)) ?? usual;
  const number = (name: string) => (/^\d{1,5}$/.test(text(name)) ? text(name) : "");
  return {
    search: withoutSecret(text("search")),
    user: text("user"),
    status: one("status", ["current", "active", "expired", "revoked", "all"], FIRST_QUERY.status),
    scope: one("scope", ["read", "write", ""], FIRST_QUERY.scope),
    unused: text("neverUsed") === "true" ? "never" : number("notUsedForDays"),
    expires: number("expiresWithinDays"),
    sort: one("sort", ["created", "lastUsed", "expires"], FIRST_QUERY.sort),
    descending: text("order") !== "asc",
    page: Math.max(1, Number(number("page") || 1)),
    perPage: Number(one("perPage", ["10", "20", "50", "100"], String(FIRST_QUERY.perPage))),
  };
}
