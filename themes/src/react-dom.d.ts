import type { Root } from "react-dom/client";

// The console's import map has no "react-dom/client"; its "react-dom" offers this, too.
declare module "react-dom" {
  export function createRoot(container: Element): Root;
}
