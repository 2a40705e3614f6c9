import { runLater } from './run-later.ts';

// npm run tournament
await runLater('src/terminal/tournament-main.ts', 'Tournaments come with exercise 7.');
