/** A console's page as far as modules look at it when they are loaded: import this before them. */
import type { Environment } from "../../src/shared/environment";

export const SERVER = "https://id.example.com/auth";

const account: Environment = {
  serverBaseUrl: SERVER,
  authServerUrl: `${SERVER}/`,
  baseUrl: `${SERVER}/realms/qa%20hub/account/`,
  resourceUrl: "/auth/resources/abc/account/api-tokens",
  realm: "qa hub",
  clientId: "account-console",
  locale: "en",
  features: {},
};

Object.assign(globalThis, {
  document: {
    activeElement: null,
    addEventListener() {},
    getElementById: (id: string) => (id === "environment" ? { textContent: JSON.stringify(account) } : null),
  },
  location: new URL("/auth/realms/qa%20hub/account/content/api-tokens", SERVER),
});
