import { CareersPage } from './careers-page.tsx';
import { MuseumPage } from './museum-page.tsx';
import { PeoplePage } from './people-page.tsx';
import type { View } from './view.ts';

/** The pages that later exercises add. */
export const furtherViews: readonly View[] = [
  { path: '/museum', title: 'Museum', Page: MuseumPage },
  { path: '/careers', title: 'Careers', Page: CareersPage },
  { path: '/people', title: 'People', Page: PeoplePage },
];
