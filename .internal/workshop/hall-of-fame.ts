import { runLater } from './run-later.ts';

// npm run hall-of-fame
await runLater('src/terminal/hall-of-fame-main.ts', 'The hall of fame comes with exercise 8.');
