const cache = new Map<string, unknown>();

/** What a key stands for, made once: Intl's makers cost far more than their use. */
export function made<T>(key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known as T;
  const fresh = make();
  cache.set(key, fresh);
  return fresh;
}
