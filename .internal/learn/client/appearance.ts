import { keep, readKept } from './kept.ts';

type Scheme = 'system' | 'light' | 'dark';

const [schemeKey, sizeKey] = ['scheme', 'is large'];

export function currentScheme(): Scheme {
  return (readKept(localStorage, schemeKey) as Scheme | undefined) ?? 'system';
}

export function chooseScheme(scheme: Scheme): void {
  keep(localStorage, schemeKey, scheme);
  applyAppearance();
}

/** Everything larger, for a projector, and back. */
export function switchSize(): void {
  keep(localStorage, sizeKey, readKept(localStorage, sizeKey) !== true);
  applyAppearance();
}

/** What was chosen in this browser before. */
export function applyAppearance(): void {
  const { style, dataset } = document.documentElement;
  const scheme = currentScheme();
  style.colorScheme = scheme === 'system' ? '' : scheme;
  dataset['size'] = readKept(localStorage, sizeKey) === true ? 'large' : 'usual';
}
