import { furtherViews } from './further-views.tsx';
import { PublishedPage } from './published-page.tsx';
import { ReadModelsPage } from './read-models-page.tsx';
import { SubscribersPage } from './subscribers-page.tsx';
import { TournamentsPage } from './tournaments-page.tsx';
import type { View } from './view.ts';

/** The pages beyond games, by their addresses. */
export const views: readonly View[] = [
  { path: '/read-models', title: 'Leaderboard', Page: ReadModelsPage },
  { path: '/tournaments', title: 'Tournaments', Page: TournamentsPage },
  { path: '/subscribers', title: 'Subscribers', Page: SubscribersPage },
  { path: '/published', title: 'Published', Page: PublishedPage },
  ...furtherViews,
];
