/** Keeps the content of a form, never a secret, during a sign-in, which leaves the page. */
export interface KeptForm<T> {
  keep(user: string, content: T): void;
  /** Returns the content that was kept for this user only. */
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
