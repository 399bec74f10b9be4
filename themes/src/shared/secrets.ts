const TOKEN_STRING = /qh_[0-9a-z]{6}(?=_)/;

/** Reduces a text that contains an API token, in whatever form, to its prefix: the rest must not be shown, sent or stored. */
export function withoutSecret(text: string): string {
  return TOKEN_STRING.exec(text)?.[0] ?? text;
}
