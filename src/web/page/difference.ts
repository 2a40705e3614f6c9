/** One place at which two values differ. What is not there at all is `undefined`. */
export type Change = { readonly path: string; readonly before: unknown; readonly after: unknown };

/** Where two values, such as JSON can say them, differ. Lists are compared as a whole: a token more is another column. */
export function difference(before: unknown, after: unknown, path = ''): readonly Change[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => difference(before[name], after[name], path === '' ? name : `${path}.${name}`));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
