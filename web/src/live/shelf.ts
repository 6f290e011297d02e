/**
 * localStorage or sessionStorage, or a shelf in memory where the browser forbids
 * them (a blocked cookie is enough): then what is kept lives as long as the page.
 */
export function shelf(kind: "localStorage" | "sessionStorage"): Storage {
  try {
    const storage = globalThis[kind];
    storage.getItem("majlis");
    return storage;
  } catch {
    return new MemoryShelf();
  }
}

class MemoryShelf implements Storage {
  readonly #items = new Map<string, string>();

  get length(): number {
    return this.#items.size;
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#items.delete(key);
  }

  clear(): void {
    this.#items.clear();
  }
}
