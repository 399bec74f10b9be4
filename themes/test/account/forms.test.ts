import "../support/console";
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { closeForm, draft, keepDraft, openForm, renewKey, resumeForm } from "../../src/account/draft";
import { changesOf, closeEdit, edit, keepEdit, openEdit, resumeEdit } from "../../src/account/edit";
import {
  closeRotation,
  keepRotation,
  mayKeepExpiry,
  obstaclesTo,
  openRotation,
  overlapEnd,
  type Rotation,
  requestOf,
  resumeRotation,
  rotation,
  settledRotation,
} from "../../src/account/rotation";
import { EMPTY_DRAFT } from "../../src/shared/draft";
import { NO_RULES } from "../../src/shared/lifetime";
import { daysFromNow, NOW, token } from "../support/tokens";

const kept = new Map<string, string>();
Object.assign(globalThis, {
  sessionStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
});

beforeEach(() => {
  closeForm();
  closeRotation();
  closeEdit();
});

// First: a page reads its link once.
describe("a link to the form", () => {
  test("fills it in, once, with all the scopes that it names", () => {
    location.search = "?name=Nightly+build&scopes=write,admin%20read&description=In+the+vault&expires_in_days=14";
    resumeForm("alice");
    assert.deepEqual(draft.get(), {
      ...EMPTY_DRAFT,
      key: draft.get()?.key,
      name: "Nightly build",
      scopes: ["write,admin", "read"],
      scopesChosen: true,
      description: "In the vault",
      expiry: "14",
    });

    closeForm();
    resumeForm("alice");
    assert.equal(draft.get(), undefined);
  });
});

describe("the form for a new token", () => {
  test("is empty at first, with the scope that changes nothing", () => {
    openForm();
    const key = draft.get()?.key;
    assert.deepEqual(draft.get(), { ...EMPTY_DRAFT, key });
    assert.deepEqual([draft.get()?.scopes, draft.get()?.allowedNetworks], [["read"], ""]);
  });

  test("has a key of its own, which the server accepts, until its token has been dealt with", () => {
    openForm();
    const first = draft.get()?.key ?? "";
    assert.match(first, /^[\x20-\x7E]{32,64}$/);
    openForm({ name: "another" });
    const second = draft.get()?.key;
    assert.notEqual(second, first);
    renewKey();
    assert.notEqual(draft.get()?.key, second);
    assert.equal(draft.get()?.name, "another");
    closeForm();
    renewKey();
    assert.equal(draft.get(), undefined);
  });

  test("comes back to the user who left it to sign in, and says so", () => {
    const typed = { ...EMPTY_DRAFT, key: "k", name: "ci", allowedNetworks: "10.0.0.0/8\n" };
    keepDraft("alice", typed);
    resumeForm("alice");
    assert.deepEqual(draft.get(), { ...typed, kept: true });
  });

  test("does not come back to another user", () => {
    keepDraft("alice", { ...EMPTY_DRAFT, name: "ci" });
    resumeForm("bob");
    assert.equal(draft.get(), undefined);
  });

  test("does not come back once it is closed", () => {
    keepDraft("alice", { ...EMPTY_DRAFT, name: "ci" });
    closeForm();
    resumeForm("alice");
    assert.equal(draft.get(), undefined);
  });

  test("stays as it is while it is open", () => {
    keepDraft("alice", { ...EMPTY_DRAFT, name: "kept" });
    openForm({ name: "typed" });
    resumeForm("alice");
    assert.equal(draft.get()?.name, "typed");
  });
});

describe("the form for a new secret", () => {
  test("keeps the expiry and stops the old secret at once, unless the user chooses", () => {
    openRotation(token());
    const key = rotation.get()?.key;
    assert.match(key ?? "", /^[\x20-\x7E]{32,64}$/);
    assert.deepEqual(rotation.get(), { token: token(), key, overlap: "0", expiry: "keep", date: "" });
  });

  test("comes back to the user who left it to sign in, and to nobody else", () => {
    keepRotation("alice", chosen({ overlap: "8" }));
    resumeRotation("bob");
    assert.equal(rotation.get(), undefined);
    resumeRotation("alice");
    assert.deepEqual([rotation.get()?.overlap, rotation.get()?.kept], ["8", true]);
  });

  test("takes the default where the token may not keep its expiry", () => {
    const rules = { ...NO_RULES, maxLifetimeDays: 60, latestExpiry: daysFromNow(60).toISOString() };
    const expiringIn = (days: number) => chosen({ token: token({ expiresAt: daysFromNow(days).toISOString() }) });
    assert.equal(settledRotation(expiringIn(61), rules).expiry, "30");
    assert.equal(settledRotation(expiringIn(60), rules).expiry, "keep");
  });
});

describe("the form that edits a token", () => {
  const edited = token({ description: "In the vault" });

  test("has the token's name, description and networks, or nothing", () => {
    const restricted = { ...edited, allowedNetworks: ["10.0.0.0/8", "2001:db8::/32"] };
    const { name } = edited;
    const allowedNetworks = "10.0.0.0/8\n2001:db8::/32";
    openEdit(restricted);
    assert.deepEqual(edit.get(), { token: restricted, name, description: "In the vault", allowedNetworks });
    openEdit(token());
    assert.deepEqual([edit.get()?.description, edit.get()?.allowedNetworks], ["", ""]);
  });

  const networks: [string, string[] | undefined, string, string[] | null | undefined][] = [
    ["adds networks", undefined, "10.0.0.0/8, 192.0.2.1", ["10.0.0.0/8", "192.0.2.1"]],
    ["replaces them", ["10.0.0.0/8"], "192.0.2.0/24", ["192.0.2.0/24"]],
    ["removes them", ["10.0.0.0/8"], " \n", null],
    ["does not send the same ones", ["10.0.0.0/8", "::1/128"], " 10.0.0.0/8 ::1/128\n", undefined],
    ["does not send none where there were none", undefined, " ", undefined],
  ];
  for (const [title, before, allowedNetworks, sent] of networks) {
    test(title, () => {
      const changes = changesOf({
        token: token({ allowedNetworks: before }),
        name: " a ",
        description: "",
        allowedNetworks,
      });
      const expected = { name: "a", description: "" };
      assert.deepEqual(changes, sent === undefined ? expected : { ...expected, allowedNetworks: sent });
    });
  }

  test("comes back to the user who left it to sign in, and to nobody else", () => {
    const typed = { token: edited, name: "typed", description: "two\nlines", allowedNetworks: "10.0.0.0/8" };
    keepEdit("alice", typed);
    resumeEdit("bob");
    assert.equal(edit.get(), undefined);
    resumeEdit("alice");
    assert.deepEqual(edit.get(), { ...typed, kept: true });
  });
});

describe("the renewal of an expired token", () => {
  const expired = token({ status: "expired", expiresAt: "2026-06-30T10:00:00Z" });

  test("has the default lifetime and no overlap, and the old expiry is no choice", () => {
    openRotation(expired);
    const settled = settledRotation(rotation.get() ?? assert.fail(), { ...NO_RULES, defaultLifetimeDays: 60 });
    assert.deepEqual([settled.expiry, settled.overlap], ["60", "0"]);
    assert.equal(mayKeepExpiry(expired, NO_RULES), false);
    assert.equal(settledRotation(chosen({ token: expired, expiry: "keep" }), NO_RULES).expiry, "30");
  });
});

describe("a rotation", () => {
  const rules = { ...NO_RULES, organizations: [{ alias: "acme", name: "Acme" }] };

  test("is possible where a new token could have the same scopes and organization", () => {
    assert.equal(obstaclesTo(token(), rules), undefined);
    assert.equal(obstaclesTo(token({ organization: "acme" }), { ...rules, organizationRequired: true }), undefined);
  });

  test("is not possible with a scope that is not on offer now", () => {
    const scopes = [{ name: "cases:read", text: null, builtIn: false, resourceServers: [] }];
    const refused = obstaclesTo(token({ scopes: ["read", "cases:read"] }), { ...rules, scopes });
    assert.deepEqual(refused, { scopes: ["read"] });
  });

  test("is not possible with an organization that is not on offer now, or without one that is required", () => {
    assert.deepEqual(obstaclesTo(token({ organization: "beta" }), rules), { scopes: [], organization: "unavailable" });
    const required = { ...rules, organizationRequired: true };
    assert.deepEqual(obstaclesTo(token(), required), { scopes: [], organization: "missing" });
  });
});

describe("the request for a new secret", () => {
  test("says nothing of an expiry that is kept", () => {
    assert.deepEqual(requestOf(chosen({ overlap: "8" }), NOW, NO_RULES), { overlapSeconds: 8 * 3600 });
  });

  test("says outright that there shall be none", () => {
    assert.deepEqual(requestOf(chosen({ expiry: "none" }), NOW, NO_RULES), { overlapSeconds: 0, expiresAt: null });
  });

  test("names the expiry that was chosen", () => {
    assert.equal(requestOf(chosen({ expiry: "7" }), NOW, NO_RULES).expiresAt, daysFromNow(7).toISOString());
  });

  test("tells until when the old secret works", () => {
    assert.equal(overlapEnd(chosen({ overlap: "0" }), NOW), null);
    assert.deepEqual(overlapEnd(chosen({ overlap: "24" }), NOW), daysFromNow(1));
  });
});

function chosen(values: Partial<Rotation> = {}): Rotation {
  return { token: token(), key: "k", overlap: "0", expiry: "keep", date: "", ...values };
}
