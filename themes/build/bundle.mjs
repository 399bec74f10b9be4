import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { context } from "esbuild";
import { pageNames } from "./messages.mjs";
import { parseProperties } from "./properties.mjs";
import { patternflyStyles, usedStyles } from "./styles.mjs";

// The modules in the consoles' import maps.
const REACT = ["react", "react/jsx-runtime", "react-dom"];

/**
 * Bundles the pages: account() and admin() return the files in resources/api-tokens of that theme type, by name.
 * The first calls take longest; later ones are incremental until dispose().
 *
 * @param {{ accountUi: string, adminUi: string, minify: boolean }} options the unpacked consoles, and whether to minify
 */
export async function pageBundler({ accountUi, adminUi, minify }) {
  const common = {
    bundle: true,
    write: false,
    outdir: "out", // nothing is written, but script and styles need names
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
    plugins: [names],
  });

  return {
    async account() {
      const { script, styles } = await accountPage.bundle();
      return { "account.js": script, "account.css": styles };
    },
    async admin() {
      const page = await adminPage.bundle();
      return {
        "admin.js": inOneScript((await element.bundle()).script, page),
        "console.js": (await adminConsole.bundle()).script,
      };
    },
    dispose: () => Promise.all([accountPage, adminPage, element, adminConsole].map(({ dispose }) => dispose())),
  };
}

/**
 * A classic script that defines an element: one file, with the page in a function that the element calls once React is
 * loaded, and the styles in a constant.
 */
function inOneScript(element, page) {
  const styles = `const apiTokensStyles=${JSON.stringify(page.styles)};`;
  return `(()=>{${styles}function apiTokensPage(react){${page.script}return page}\n${element}})();\n`;
}

async function bundler(options) {
  const { rebuild, dispose } = await context(options);
  let last = Promise.resolve();
  return {
    async bundle() {
      // Sequentially: during a rebuild, esbuild returns the result of that build, which may be older than the last change.
      last = last.catch(() => {}).then(rebuild);
      const { outputFiles, metafile } = await last;
      const text = (extension) => outputFiles.find(({ path }) => path.endsWith(extension))?.text;
      return { script: text(".js"), styles: text(".css"), metafile };
    },
    dispose,
  };
}

/** Bundles again if the PatternFly styles of the bundle are not those of the components that it uses. */
async function bundlerWithStyles(options, consoleResources) {
  let used = new Set();
  const { bundle, dispose } = await bundler({
    ...options,
    metafile: true,
    plugins: [...options.plugins, patternflyStyles((name) => used.has(name), consoleResources)],
  });
  return {
    async bundle() {
      const bundled = await bundle();
      const nowUsed = usedStyles(bundled.metafile);
      if (isDeepStrictEqual(nowUsed, used)) {
        return bundled;
      }
      used = nowUsed;
      return bundle();
    },
    dispose,
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

/** The module "page-names". */
const names = {
  name: "page-names",
  setup(builder) {
    builder.onResolve({ filter: /^page-names$/ }, ({ path }) => ({ path, namespace: "page-names" }));
    builder.onLoad({ filter: /.*/, namespace: "page-names" }, () => ({
      contents: JSON.stringify(pageNames()),
      loader: "json",
    }));
  },
};

/** A page in a classic script cannot import React; it uses the modules that are passed to it. */
const handedReact = {
  name: "handed-react",
  setup(builder) {
    builder.onResolve({ filter: /^react(-dom|\/jsx-runtime)?$/ }, ({ path }) => ({ path, namespace: "handed-react" }));
    builder.onLoad({ filter: /.*/, namespace: "handed-react" }, ({ path }) => ({
      contents: `module.exports = react[${JSON.stringify(path)}];`,
    }));
  },
};
