import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type AdminQuery, FIRST_QUERY } from "../../src/admin/query";
import { useUsername } from "../../src/admin/useUsername";
import { renderHook } from "../support/hooks";

const ID = "3e9a2c1c-0000-4000-8000-00000000abcd";

async function shownFor(users: string[], username: (id: string) => Promise<string>) {
  const shown: AdminQuery[] = [];
  const asked: string[] = [];
  const api = {
    username(id: string) {
      asked.push(id);
      return username(id);
    },
  };
  const query = (user: string) => ({ ...FIRST_QUERY, user, status: "all" as const });
  const rendered = await renderHook(
    ({ user }: { user: string }) => useUsername(api, query(user), (q) => shown.push(q)),
    {
      user: users[0] as string,
    },
  );
  for (const user of users.slice(1)) {
    await rendered.render({ user });
  }
  await rendered.act(async () => {});
  return { shown, asked };
}

describe("the ID of a user in the filter", () => {
  test("is replaced with the username; the other filters stay", async () => {
    const { shown } = await shownFor([ID], async () => "alice");
    assert.deepEqual(shown, [{ ...FIRST_QUERY, user: "alice", status: "all" }]);
  });

  test("may be that of a user in a directory", async () => {
    const { shown, asked } = await shownFor(["f:1a2b:bob"], async () => "bob");
    assert.deepEqual([asked, shown[0]?.user], [["f:1a2b:bob"], "bob"]);
  });

  test("stays if the admin may not view the user", async () => {
    const { shown, asked } = await shownFor([ID], () => Promise.reject(new Error("403")));
    assert.deepEqual([asked, shown], [[ID], []]);
  });

  test("is nothing else", async () => {
    const { asked } = await shownFor(["", "alice", "f:oo", "3e9a2c1c"], async () => "x");
    assert.deepEqual(asked, []);
  });

  test("is not replaced after the admin has entered another user", async () => {
    let answer = (_username: string) => {};
    const late = new Promise<string>((resolve) => {
      answer = resolve;
    });
    const { shown } = await shownFor([ID, "bob"], () => late);
    answer("alice");
    await late;
    assert.deepEqual(shown, []);
  });
});
