// Runs the tests: npm test, or npm test -- dates for tests with "dates" in their path.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const [part = ""] = process.argv.slice(2);
const chosen = readdirSync("test", { recursive: true })
  .map((file) => join("test", file))
  .filter((file) => /\.test\.(mjs|tsx?)$/.test(file) && file.includes(part));
if (chosen.length === 0) {
  throw new Error(`No test has "${part}" in its path.`);
}

const outdir = "node_modules/.tests";
rmSync(outdir, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: chosen.filter((file) => !file.endsWith(".mjs")),
  outdir,
  bundle: true,
  format: "esm",
  platform: "node",
  packages: "external",
  jsx: "automatic",
  sourcemap: "inline",
  metafile: true,
});

const files = [...Object.keys(metafile.outputs), ...chosen.filter((file) => file.endsWith(".mjs"))];
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test-reporter=spec", "--test", ...files], {
  stdio: "inherit",
  // A zone with daylight saving time, so that dates in a wrong time zone are detected.
  env: { ...process.env, TZ: "Europe/Berlin" },
});
process.exit(status ?? 1);
