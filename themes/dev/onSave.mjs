import { readdirSync, watch } from "node:fs";
import { join } from "node:path";

/** An editor may write a file several times when saving. */
const SAVE_MS = 20;

/** Calls back whenever a file in the folders was saved. Returns a function that stops watching. */
export function onSave(folders, callback) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(callback, SAVE_MS);
  };
  // Per folder: with "recursive", Node 20 on Linux misses files that an editor replaces instead of writing to them.
  const watchers = folders.flatMap(withSubfolders).map((folder) => watch(folder, wait));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) {
      watcher.close();
    }
  };
}

function withSubfolders(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const subfolders = entries.filter((entry) => entry.isDirectory());
  return [folder, ...subfolders.map(({ parentPath, name }) => join(parentPath, name))];
}
