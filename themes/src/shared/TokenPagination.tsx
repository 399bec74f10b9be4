import { Pagination, type PaginationProps } from "@patternfly/react-core";
import { useMessages } from "./messages";

/** Shorter lists have no pagination. */
export const SMALLEST_PAGE = 10;

export interface Pages {
  page: number;
  perPage: number;
}

interface Props {
  pages: Pages;
  onPages(pages: Pages): void;
  total: number;
  variant: PaginationProps["variant"];
}

export function TokenPagination({ pages, onPages, total, variant }: Props) {
  const { t } = useMessages();
  const top = variant === "top";
  return (
    <Pagination
      widgetId={`api-tokens-${variant}`}
      variant={variant}
      isCompact={top}
      isStatic
      itemCount={total}
      page={pages.page}
      perPage={pages.perPage}
      perPageOptions={[SMALLEST_PAGE, 20, 50, 100].map((value) => ({ value, title: String(value) }))}
      onSetPage={(_event, page) => onPages({ ...pages, page })}
      onPerPageSelect={(_event, perPage) => onPages({ perPage, page: 1 })}
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
