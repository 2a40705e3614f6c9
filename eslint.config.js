import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The imports that a folder must not have: the arrows of the architecture, one rule per folder. */
const arrows = (files, regex, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] },
});

export default defineConfig(
  { ignores: ['node_modules/', '.workshop/', '.data/', 'exercises/', 'solutions/'] },
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
