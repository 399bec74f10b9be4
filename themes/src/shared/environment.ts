/** What the console's page says about itself. */
export interface Environment {
  serverBaseUrl: string;
  authServerUrl: string;
  baseUrl: string;
  realm: string;
  clientId: string;
  locale: string;
  features: { isInternationalizationEnabled?: boolean };
}

export const environment = JSON.parse(document.getElementById("environment")?.textContent ?? "{}") as Environment;

/** Joins the parts of a URL, each of which may or may not end in a slash. */
export function joinUrl(base: string, path: string): string {
  return base.replace(/\/+$/, "") + "/" + path.replace(/^\/+/, "");
}

export function realmUrl(path: string): string {
  return joinUrl(environment.authServerUrl, `realms/${encodeURIComponent(environment.realm)}/${path}`);
}
