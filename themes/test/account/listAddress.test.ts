import "../support/console";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parametersOf, queryOf } from "../../src/account/listAddress";
import { FIRST_PAGE, type Query, SORTS, sortedBy } from "../../src/account/tokensApi";

const read = (text: string) => queryOf(new URLSearchParams(text));

describe("the list in the URL", () => {
  test("is the same after it was written and read again", () => {
    const query: Query = { search: "ci & more", status: "expired", sort: "name", order: "asc", page: 3, perPage: 50 };
    assert.deepEqual(queryOf(parametersOf(query)), query);
    assert.equal(
      String(parametersOf(query)),
      "search=ci+%26+more&status=expired&sort=name&order=asc&page=3&perPage=50",
    );
  });

  test("is not mentioned as long as it is the first page of all", () => {
    assert.equal(String(parametersOf(FIRST_PAGE)), "");
    assert.deepEqual(read(""), FIRST_PAGE);
  });

  test("is sorted by the column that the URL names", () => {
    for (const sort of SORTS) {
      assert.equal(read(`sort=${sort}`).sort, sort);
    }
  });

  test("is the first page where the URL makes no sense", () => {
    assert.deepEqual(read("status=gone&sort=secret&order=up&page=-1&perPage=1000000"), FIRST_PAGE);
    assert.equal(read("page=0").page, 1);
  });

  test("is sorted by a column, and in the other direction the next time", () => {
    const byName = sortedBy("name", { ...FIRST_PAGE, page: 3 });
    assert.deepEqual(byName, { ...FIRST_PAGE, sort: "name", order: "asc" });
    assert.equal(sortedBy("name", byName).order, "desc");
    assert.equal(sortedBy("created", byName).order, "desc");
    assert.equal(sortedBy("created", FIRST_PAGE).order, "asc");
    assert.equal(sortedBy("status", FIRST_PAGE).order, "asc");
  });

  test("contains no secret", () => {
    const secret = "qh_abc123_0123456789abcdefghij";
    assert.equal(read(`search=Bearer+${secret}`).search, "qh_abc123");
    assert.equal(String(parametersOf({ ...FIRST_PAGE, search: secret })), "search=qh_abc123");
  });
});
