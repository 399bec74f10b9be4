import { readFileSync } from "node:fs";
import { join } from "node:path";
import { context } from "esbuild";
import { parseProperties } from "./properties.mjs";
import { patternflyStyles, usedStyles } from "./styles.mjs";

// What the consoles' import maps have.
const REACT = ["react", "react/jsx-runtime", "react-dom"];

/**
 * Bundles the pages: the answer of bundle() is what a theme of each type has in resources/api-tokens, by file name. The
 * first call takes longest; dispose() ends what makes the others fast.
 *
 * @param {{ accountUi: string, adminUi: string, minify: boolean }} options the unpacked consoles, and whether to minify
 */
export async function pageBundler({ accountUi, adminUi, minify }) {
  const common = {
    bundle: true,
    write: false,
    outdir: "out", // nothing is written; script and styles need names
    minify,
    target: "es2022",
    jsx: "automatic",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    // PatternFly's ESM files, not its CommonJS ones.
    mainFields: ["module", "main"],
    logLevel: "warning",
  };
  const accountPage = await bundlerWithStyles(
    { ...common, entryPoints: ["src/account/main.tsx"], format: "esm", external: REACT, plugins: [properties] },
    join(accountUi, "theme/keycloak.v3/account/resources"),
  );
  const adminPage = await bundlerWithStyles(
    {
      ...common,
      entryPoints: ["src/admin/mount.tsx"],
      format: "iife",
      globalName: "page",
      plugins: [properties, handedReact],
    },
    join(adminUi, "theme/keycloak.v2/admin/resources"),
  );
  const element = await bundler({
    ...common,
    entryPoints: ["src/admin/element.ts"],
    format: "iife",
    external: REACT,
  });
  const adminConsole = await bundler({
    ...common,
    entryPoints: ["src/console/main.ts"],
    format: "esm",
    plugins: [properties],
  });
  const all = [accountPage, adminPage, element, adminConsole];

  return {
    async bundle() {
      const [account, admin, ofElement, ofConsole] = await Promise.all(all.map(({ bundle }) => bundle()));
      return {
        account: { "account.js": account.script, "account.css": account.styles },
        admin: { "admin.js": inOneScript(ofElement.script, admin), "console.js": ofConsole.script },
      };
    },
    dispose: () => Promise.all(all.map(({ dispose }) => dispose())),
  };
}

/**
 * A classic script that defines an element: one file, with the page in a function that the element calls once React is
 * there, and the styles in a constant.
 */
function inOneScript(element, page) {
  const styles = `const apiTokensStyles=${JSON.stringify(page.styles)};`;
  return `(()=>{${styles}function apiTokensPage(react){${page.script}return page}\n${element}})();\n`;
}

async function bundler(options) {
  const { rebuild, dispose } = await context(options);
  return {
    async bundle() {
      const { outputFiles, metafile } = await rebuild();
      const text = (extension) => outputFiles.find(({ path }) => path.endsWith(extension))?.text;
      return { script: text(".js"), styles: text(".css"), metafile };
    },
    dispose,
  };
}

/** Bundles twice: what the first bundle uses of PatternFly decides which of its styles the second has. */
async function bundlerWithStyles(options, consoleResources) {
  let used = new Set();
  const trial = await bundler({ ...options, metafile: true });
  const final = await bundler({
    ...options,
    plugins: [...options.plugins, patternflyStyles((name) => used.has(name), consoleResources)],
  });
  return {
    async bundle() {
      used = usedStyles((await trial.bundle()).metafile);
      return final.bundle();
    },
    dispose: () => Promise.all([trial.dispose(), final.dispose()]),
  };
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
