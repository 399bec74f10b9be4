import { joinUrl } from "./url";

/** The environment that the console's page declares. */
export interface Environment {
  serverBaseUrl: string;
  authServerUrl: string;
  /** Only in the admin console. */
  adminBaseUrl?: string;
  /** The URL of the account console. */
  baseUrl?: string;
  /** The path of the admin console's URL. */
  consoleBaseUrl?: string;
  resourceUrl: string;
  realm: string;
  clientId: string;
  locale: string;
  features: { isInternationalizationEnabled?: boolean };
}

export const environment = JSON.parse(document.getElementById("environment")?.textContent ?? "{}") as Environment;

/** The URL of the console's page, a valid redirect URI of its client. */
export const consoleUrl =
  environment.baseUrl ?? new URL(environment.consoleBaseUrl ?? "", environment.adminBaseUrl ?? location.href).href;

export function realmUrl(path: string): string {
  return joinUrl(environment.authServerUrl, `realms/${encodeURIComponent(environment.realm)}/${path}`);
}
