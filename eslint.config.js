import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The imports that a folder must not have: the arrows of the architecture, one rule per folder. */
const arrows = (files, regex, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] },
});

/** The adapters whose packages `npm run bus:install` has not installed. */
const unusedBuses = ['src/integration/nats/', 'src/integration/redis/'].filter(
  (folder) => !existsSync(join(import.meta.dirname, folder, 'node_modules')),
);

export default defineConfig(
  { ignores: ['node_modules/', '.workshop/', '.data/', 'exercises/', 'solutions/', ...unusedBuses] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Signatures stay complete, and open steps of exercises do not use their parameters yet.
      '@typescript-eslint/no-unused-vars': ['error', { args: 'none' }],
      // The contract of the event store is asynchronous. In a synchronous store, async turns throws
      // into rejections.
      '@typescript-eslint/require-await': 'off',
      // Numbers and revisions in messages need no conversion.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['src/integration/{nats,redis}/*.ts'],
    languageOptions: { parserOptions: { projectService: false, project: './tsconfig.buses.json' } },
  },
  {
    // A handler of a component is one expression.
    files: ['**/*.tsx'],
    rules: { '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }] },
  },
  arrows(['src/domain/**'], '^(?!\\./|\\.\\./todo\\.ts$)', 'The domain imports only itself (and todo, in open steps).'),
  arrows(
    ['src/event-store/**'],
    '^\\.\\./(domain|application|terminal|web)/|^\\.\\./\\.\\./',
    'An event store knows its contract and its database, not the game.',
  ),
  arrows(
    ['src/application/**'],
    '^\\.\\./(?!domain/index\\.ts$|event-store/event-store\\.ts$|todo\\.ts$)',
    'The application knows the domain and the contract of the event store, not its adapters.',
  ),
  arrows(
    ['src/tournament/**'],
    '/(terminal|web|read-models)/|/event-store/(?!event-store\\.ts$)',
    'A tournament knows games, its own rules, and the contract of the event store.',
  ),
  arrows(
    ['src/integration/{nats,redis}/*.ts'],
    '^\\.\\./(?!bus\\.ts$|bus-rules\\.ts$|deliver\\.ts$|server-bus\\.ts$)',
    'An adapter knows the contract of the bus and its server, not the game.',
  ),
  arrows(
    ['.internal/kurrentdb/!(*.test).ts'],
    '/src/',
    'The stand-in for KurrentDB imports nothing from src: otherwise tests of the adapter compare src with itself.',
  ),
  arrows(
    ['src/terminal/**', 'src/web/*', 'src/web/server/**'],
    '\\.internal/|/client/',
    'Nothing in src imports the tools of the workshop, and no server imports code for the browser.',
  ),
  arrows(
    ['src/web/client/**'],
    '^(?!\\./|hono/jsx/dom$|\\.\\./([\\w-]+-)?messages\\.ts$|\\.\\./\\.\\./(domain/index|application/game-id)\\.ts$)',
    'The page runs in a browser. It knows the domain and the messages.',
  ),
);
