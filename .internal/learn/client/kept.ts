/** Values that this browser keeps, as JSON. A full or forbidden storage makes nothing fail. */
export function readKept(storage: Storage, key: string): unknown {
  try {
    const kept = storage.getItem(key);
    return kept === null ? undefined : JSON.parse(kept);
  } catch {
    return undefined;
  }
}

/** @returns whether it is kept. `undefined` forgets the value */
export function keep(storage: Storage, key: string, value: unknown): boolean {
  try {
    if (value === undefined) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
