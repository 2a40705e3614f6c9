import type { ReadModelsPage } from './read-models-page.tsx';

/** A page beyond games, by its address. */
export type View = { readonly path: string; readonly title: string; readonly Page: typeof ReadModelsPage };
