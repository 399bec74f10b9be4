/** A message file, read by the bundler. */
declare module "*.properties" {
  const messages: Record<string, string>;
  export default messages;
  /** The name of the page. */
  export const apiTokens: string;
}

declare module "*.css";
