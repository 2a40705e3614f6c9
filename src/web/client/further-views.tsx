import { CareersPage } from './careers-page.tsx';
import type { View } from './view.ts';

/** The pages that later exercises add. */
export const furtherViews: readonly View[] = [{ path: '/careers', title: 'Careers', Page: CareersPage }];
