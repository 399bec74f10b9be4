import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * The names of PatternFly's style files whose class names a bundle uses. A bundler removes the code of unused
 * components, but keeps their styles.
 */
export function usedStyles(metafile) {
  const [script] = Object.entries(metafile.outputs).filter(([path]) => path.endsWith(".js"));
  const inputs = Object.entries(script[1].inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return new Set(inputs.map(([path]) => basename(path, ".mjs")));
}

/** Keeps the PatternFly styles that are used and are not in the console's own style sheet. */
export function patternflyStyles(isUsed, consoleResources) {
  const present = mainStyles(consoleResources);
  return {
    name: "patternfly-styles",
    setup(builder) {
      builder.onLoad({ filter: /react-styles[\\/]css[\\/].*\.css$/ }, ({ path }) => {
        const name = basename(path, ".css");
        const rule = `.pf-v5-${path.includes("layouts") ? "l" : "c"}-${name}{`;
        return isUsed(name) && !present.includes(rule) ? undefined : { contents: "", loader: "css" };
      });
    },
  };
}

function mainStyles(resources) {
  const assets = join(resources, "assets");
  const [main] = readdirSync(assets).filter((file) => /^main-.*\.css$/.test(file));
  if (!main) {
    throw new Error("The console has no assets/main-*.css any more: find the style sheet that its page loads.");
  }
  return readFileSync(join(assets, main), "utf8");
}
