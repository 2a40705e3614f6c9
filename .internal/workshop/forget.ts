import { runLater } from './run-later.ts';

// npm run forget
await runLater('src/terminal/forget-main.ts', 'Forgetting comes with exercise 11.');
