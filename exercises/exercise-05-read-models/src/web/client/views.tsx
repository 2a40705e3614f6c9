import { ReadModelsPage } from './read-models-page.tsx';

/** The pages beyond games, by their addresses. */
export const views: readonly View[] = [{ path: '/read-models', title: 'Leaderboard', Page: ReadModelsPage }];

type View = { readonly path: string; readonly title: string; readonly Page: typeof ReadModelsPage };
