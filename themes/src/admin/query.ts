import { isScopeName } from "../shared/scopes";
import { withoutSecret } from "../shared/secrets";
import type { Status } from "../shared/tokens";

/** Which tokens to list; "current" are those that are not revoked. */
export type StatusFilter = Status | "all" | "current";
export type Sort = "prefix" | "created" | "lastUsed" | "expires";

/** The query of the list. A blank value matches everything. */
export interface AdminQuery {
  search: string;
  user: string;
  status: StatusFilter;
  scope: string;
  /** The alias or ID of an organization. */
  organization: string;
  /** "never", or the number of days without use. */
  unused: string;
  /** The number of days within which a token expires. */
  expires: string;
  sort: Sort;
  descending: boolean;
  page: number;
  perPage: number;
}

/** The fields of a filter, as in the REST API. */
export type Filter = Record<string, string | boolean>;

export const FIRST_QUERY: AdminQuery = {
  search: "",
  user: "",
  status: "current",
  scope: "",
  organization: "",
  unused: "",
  expires: "",
  sort: "created",
  descending: true,
  page: 1,
  perPage: 20,
};

const WHOLE_PREFIX = /^qh_[0-9a-z]{6}$/;

/** Whether a search text identifies one token, which is then also found if it is revoked. */
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
  put("user", withoutSecret(query.user).trim());
  put("status", query.status === "current" ? "" : query.status);
  put("scope", query.scope);
  put("organization", withoutSecret(query.organization).trim());
  put(query.unused === "never" ? "neverUsed" : "notUsedForDays", query.unused === "never" || query.unused);
  put("expiresWithinDays", query.expires);
  return filter;
}

export function isFiltered(query: AdminQuery): boolean {
  return Object.keys(filterOf(query)).length > 0;
}

/** The query as parameters of the REST API. */
export function listParameters(query: AdminQuery): URLSearchParams {
  const parameters = texts(filterOf(query));
  parameters.set("sort", query.sort);
  parameters.set("order", query.descending ? "desc" : "asc");
  parameters.set("first", String((query.page - 1) * query.perPage));
  parameters.set("max", String(query.perPage));
  return parameters;
}

/** The query as parameters of the page's URL, without default values. */
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

/** Parses the URL, which is untrusted input. */
export function queryOf(parameters: URLSearchParams): AdminQuery {
  const text = (name: string) => withoutSecret(parameters.get(name) ?? "");
  const one = <T extends string>(name: string, of: readonly T[], usual: T) =>
    of.find((value) => value === text(name)) ?? usual;
  const number = (name: string) => (/^\d{1,5}$/.test(text(name)) ? text(name) : "");
  return {
    search: text("search"),
    user: text("user"),
    status: one("status", ["current", "active", "expired", "revoked", "all"], FIRST_QUERY.status),
    scope: isScopeName(text("scope")) ? text("scope") : "",
    organization: text("organization"),
    unused: text("neverUsed") === "true" ? "never" : number("notUsedForDays"),
    expires: number("expiresWithinDays"),
    sort: one("sort", ["prefix", "created", "lastUsed", "expires"], FIRST_QUERY.sort),
    descending: text("order") !== "asc",
    page: Math.max(1, Number(number("page") || 1)),
    perPage: Number(one("perPage", ["10", "20", "50", "100"], String(FIRST_QUERY.perPage))),
  };
}
