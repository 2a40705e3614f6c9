import { runLater } from './run-later.ts';

// npm run kurrentdb, npm run postgresql
const [name = ''] = process.argv.splice(2, 1);
await runLater(`.internal/${name}/main.ts`, 'Stores on a server come with exercise 3.');
