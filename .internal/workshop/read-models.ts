import { runLater } from './run-later.ts';

// npm run read-models
await runLater('src/terminal/read-models.ts', 'Read models come with exercise 5.');
