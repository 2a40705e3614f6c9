import { inspect } from 'node:util';

const seen = new WeakSet();

/** Freezes a value and everything in it, so that the line that changes it throws an error. */
export function frozen<T>(value: T): T {
  // The elements of typed arrays cannot be frozen.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) return value;
  seen.add(value);
  Object.freeze(value);
  for (const key of Reflect.ownKeys(value)) frozen((value as Record<PropertyKey, unknown>)[key]);
  return value;
}

/** The content of a value as text, including content that cannot be frozen, such as map entries. */
export function portrait(value: unknown): string {
  return inspect(value, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity, sorted: true });
}
