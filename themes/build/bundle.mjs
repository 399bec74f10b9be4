import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { parseProperties } from "./properties.mjs";
import { patternflyStyles, usedStyles } from "./styles.mjs";

// What the consoles' import maps have.
const REACT = ["react", "react/jsx-runtime", "react-dom"];

const COMMON = {
  bundle: true,
  minify: true,
  target: "es2022",
  jsx: "automatic",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  // PatternFly's ESM files, not its CommonJS ones.
  mainFields: ["module", "main"],
  logLevel: "warning",
};

/** Bundles a page for a console that offers React and has most of PatternFly's styles. */
export async function bundlePage(entry, outfile, consoleResources) {
  await bundleWithStyles(
    { ...COMMON, entryPoints: [entry], outfile, format: "esm", external: REACT },
    [],
    consoleResources,
  );
}

/**
 * Bundles a page as a classic script that defines an element: one file, with the page in a function that the element
 * calls once React is there, and the styles in a constant.
 */
export async function bundleElement(element, page, outfile, consoleResources) {
  const options = { ...COMMON, entryPoints: [page], outfile, write: false, format: "iife", globalName: "page" };
  const files = await bundleWithStyles(options, [handedReact], consoleResources);
  const styles = files.find(({ path }) => path.endsWith(".css")).text;
  const script = files.find(({ path }) => path.endsWith(".js")).text;
  const banner = `(()=>{const apiTokensStyles=${JSON.stringify(styles)};function apiTokensPage(react){${script}return page}`;
  await build({
    ...COMMON,
    entryPoints: [element],
    outfile,
    format: "iife",
    external: REACT,
    banner: { js: banner },
    footer: { js: "})();" },
  });
}

/** Bundles a script without styles. */
export async function bundleScript(entry, outfile) {
  await build({ ...COMMON, entryPoints: [entry], outfile, format: "esm", plugins: [properties] });
}

async function bundleWithStyles(options, plugins, consoleResources) {
  const trial = await build({ ...options, plugins: [properties, ...plugins], write: false, metafile: true });
  const styles = patternflyStyles(usedStyles(trial.metafile), consoleResources);
  return (await build({ ...options, plugins: [properties, ...plugins, styles] })).outputFiles;
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

/** A page in a classic script cannot import React; it takes what it is handed. */
const handedReact = {
  name: "handed-react",
  setup(builder) {
    builder.onResolve({ filter: /^react(-dom|\/jsx-runtime)?$/ }, ({ path }) => ({ path, namespace: "handed-react" }));
    builder.onLoad({ filter: /.*/, namespace: "handed-react" }, ({ path }) => ({
      contents: `module.exports = react[${JSON.stringify(path)}];`,
    }));
  },
};
