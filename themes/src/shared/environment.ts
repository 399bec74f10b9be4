import { joinUrl } from "./url";

/** What the console's page says about itself. */
export interface Environment {
  serverBaseUrl: string;
  authServerUrl: string;
  /** The admin console's only. */
  adminBaseUrl?: string;
  /** The account console's address. */
  baseUrl?: string;
  /** The path of the admin console's address. */
  consoleBaseUrl?: string;
  resourceUrl: string;
  realm: string;
  clientId: string;
  locale: string;
  features: { isInternationalizationEnabled?: boolean };
}

export const environment = JSON.parse(document.getElementById("environment")?.textContent ?? "{}") as Environment;

/** The address of the console's page, which its client may be sent back to. */
export const consoleUrl =
  environment.baseUrl ?? new URL(environment.consoleBaseUrl ?? "", environment.adminBaseUrl ?? location.href).href;

export function realmUrl(path: string): string {
  return joinUrl(environment.authServerUrl, `realms/${encodeURIComponent(environment.realm)}/${path}`);
}
