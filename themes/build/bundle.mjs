import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { parseProperties } from "./properties.mjs";
import { patternflyStyles, usedStyles } from "./styles.mjs";

/** Bundles a page for a console that offers React and has most of PatternFly's styles. */
export async function bundle(entry, outfile, consoleResources) {
  const options = {
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    legalComments: "none",
    // What the console's import map has.
    external: ["react", "react/jsx-runtime", "react-dom"],
    define: { "process.env.NODE_ENV": '"production"' },
    // PatternFly's ESM files, not its CommonJS ones.
    mainFields: ["module", "main"],
    logLevel: "warning",
  };
  const trial = await build({ ...options, plugins: [properties], write: false, metafile: true });
  const styles = patternflyStyles(usedStyles(trial.metafile), consoleResources);
  await build({ ...options, plugins: [properties, styles] });
}

const properties = {
  name: "properties",
  setup(builder) {
    builder.onLoad({ filter: /\.properties$/ }, ({ path }) => ({
      contents: JSON.stringify(parseProperties(readFileSync(path, "utf8"))),
      loader: "json",
    }));
  },
};
