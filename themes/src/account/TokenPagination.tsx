import { Pagination, type PaginationProps } from "@patternfly/react-core";
import { useMessages } from "../shared/messages";
import type { Query } from "./tokensApi";

/** Lists no longer than this need no pages. */
export const SMALLEST_PAGE = 10;

interface Props {
  query: Query;
  onQuery(query: Query): void;
  total: number;
  variant: PaginationProps["variant"];
}

export function TokenPagination({ query, onQuery, total, variant }: Props) {
  const { t } = useMessages();
  const top = variant === "top";
  return (
    <Pagination
      widgetId={`api-tokens-${variant}`}
      variant={variant}
      isCompact={top}
      isStatic
      itemCount={total}
      page={query.page}
      perPage={query.perPage}
      perPageOptions={[SMALLEST_PAGE, 20, 50, 100].map((value) => ({ value, title: String(value) }))}
      onSetPage={(_event, page) => onQuery({ ...query, page })}
      onPerPageSelect={(_event, perPage) => onQuery({ ...query, perPage, page: 1 })}
      titles={{
        paginationAriaLabel: t(top ? "apiTokensPagesTop" : "apiTokensPagesBottom"),
        optionsToggleAriaLabel: t("apiTokensPerPage"),
        itemsPerPage: t("apiTokensPerPage"),
        perPageSuffix: t("apiTokensPerPageSuffix"),
        ofWord: t("apiTokensOf"),
        currPageAriaLabel: t("apiTokensCurrentPage"),
        toFirstPageAriaLabel: t("apiTokensFirstPage"),
        toPreviousPageAriaLabel: t("apiTokensPreviousPage"),
        toNextPageAriaLabel: t("apiTokensNextPage"),
        toLastPageAriaLabel: t("apiTokensLastPage"),
      }}
    />
  );
}
