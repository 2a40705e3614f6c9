import type { View } from './view.ts';

/** The pages that later exercises add. */
export const furtherViews: readonly View[] = [];
