import { ReadModelsPage } from './read-models-page.tsx';
import { SubscribersPage } from './subscribers-page.tsx';
import { TournamentsPage } from './tournaments-page.tsx';

/** The pages beyond games, by their addresses. */
export const views: readonly View[] = [
  { path: '/read-models', title: 'Leaderboard', Page: ReadModelsPage },
  { path: '/tournaments', title: 'Tournaments', Page: TournamentsPage },
  { path: '/subscribers', title: 'Subscribers', Page: SubscribersPage },
];

type View = { readonly path: string; readonly title: string; readonly Page: typeof ReadModelsPage };
