import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { onSave } from "../../dev/onSave.mjs";

let folder;
let stop = () => {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "themes-"));
  mkdirSync(join(folder, "sub"));
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true });
});

/** Waits until something is so. */
async function until(isSo) {
  for (let waited = 0; !isSo(); waited += 10) {
    assert.ok(waited < 5000, "it never was so");
    await pause(10);
  }
}

test("a save is seen in a folder and in its subfolders", async () => {
  let seen = 0;
  stop = onSave([folder], () => seen++);
  writeFileSync(join(folder, "a"), "1");
  await until(() => seen === 1);
  writeFileSync(join(folder, "sub/b"), "1");
  await until(() => seen === 2);
});

test("a file that an editor replaces is seen, again and again", async () => {
  let seen = 0;
  stop = onSave([folder], () => seen++);
  for (let time = 1; time <= 3; time++) {
    writeFileSync(join(folder, "sub/b~"), String(time));
    renameSync(join(folder, "sub/b~"), join(folder, "sub/b"));
    await until(() => seen === time);
  }
});

test("a file written to twice in a row is one save", async () => {
  let seen = 0;
  stop = onSave([folder], () => seen++);
  writeFileSync(join(folder, "a"), "1");
  writeFileSync(join(folder, "a"), "2");
  await until(() => seen === 1);
  await pause(100);
  assert.equal(seen, 1);
});
