/** A message file, read by the bundler. */
declare module "*.properties" {
  const messages: Record<string, string>;
  export default messages;
}

/** The name of the pages by language tag, collected by the bundler. */
declare module "page-names" {
  const names: Record<string, string>;
  export default names;
}

declare module "*.css";
