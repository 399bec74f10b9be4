import { withoutSecret } from "../shared/secrets";
import { FIRST_PAGE, type Query, SORTS, type StatusFilter } from "./tokensApi";

const STATUSES: readonly StatusFilter[] = ["current", "active", "expired", "revoked", "all"];
const PER_PAGE = ["10", "20", "50", "100"];

/** The list that the URL asks for; the URL is untrusted input. */
export function queryOf(parameters: URLSearchParams): Query {
  const text = (name: string) => parameters.get(name) ?? "";
  const page = /^\d{1,5}$/.test(text("page")) ? Number(text("page")) : FIRST_PAGE.page;
  return {
    search: withoutSecret(text("search")),
    status: STATUSES.find((status) => status === text("status")) ?? FIRST_PAGE.status,
    sort: SORTS.find((sort) => sort === text("sort")) ?? FIRST_PAGE.sort,
    order: text("order") === "asc" ? "asc" : "desc",
    page: Math.max(1, page),
    perPage: PER_PAGE.includes(text("perPage")) ? Number(text("perPage")) : FIRST_PAGE.perPage,
  };
}

/** The query as parameters of the page's URL, without default values. */
export function parametersOf(query: Query): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, search: withoutSecret(query.search).trim() })) {
    if (value !== FIRST_PAGE[name as keyof Query]) {
      parameters.set(name, String(value));
    }
  }
  return parameters;
}
