import { runLater } from './run-later.ts';

// npm run web
await runLater(
  'src/web/server/main.ts',
  'The browser game comes with exercise 3, together with the event store that it shows.',
);
