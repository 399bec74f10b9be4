import type { AdminToken } from "../../src/admin/adminApi";
import type { ApiToken } from "../../src/shared/tokens";

export const NOW = new Date("2026-07-01T10:00:00Z");

export function daysFromNow(days: number): Date {
  return new Date(NOW.getTime() + days * 86_400_000);
}

export function token(values: Partial<ApiToken> = {}): ApiToken {
  return {
    id: "token-id",
    name: "Nightly build",
    description: null,
    prefix: "abc123",
    scopes: ["read"],
    status: "active",
    createdAt: "2026-06-01T10:00:00Z",
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    ...values,
  };
}

export function adminToken(values: Partial<AdminToken> = {}): AdminToken {
  return {
    ...token(),
    userId: "user-id",
    username: "alice",
    client: null,
    clientUuid: null,
    access: { revoke: true },
    ...values,
  };
}
