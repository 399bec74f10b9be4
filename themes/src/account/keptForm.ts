/** Keeps what a form holds, never a secret, through a sign-in, which leaves the page. */
export interface KeptForm<T> {
  keep(user: string, content: T): void;
  /** What was kept for this user and nobody else. */
  of(user: string): T | undefined;
  drop(): void;
}

export function keptForm<T>(key: string): KeptForm<T> {
  return {
    keep: (user, content) => sessionStorage.setItem(key, JSON.stringify({ user, content })),
    of(user) {
      const text = sessionStorage.getItem(key);
      const kept = text ? (JSON.parse(text) as { user: string; content: T }) : undefined;
      return kept?.user === user ? kept.content : undefined;
    },
    drop: () => sessionStorage.removeItem(key),
  };
}
