/** A message file, read by the bundler. */
declare module "*.properties" {
  const messages: Record<string, string>;
  export default messages;
  /** The page's name. */
  export const apiTokens: string;
}

declare module "*.css";
