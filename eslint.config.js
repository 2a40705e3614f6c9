import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Which imports a folder may not have: the arrows of the architecture, one rule per folder. */
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
      // A signature is a promise to its callers, and what is left open in an exercise has not used its parameters yet.
      '@typescript-eslint/no-unused-vars': ['error', { args: 'none' }],
      // The contract of the event store is asynchronous, and not every store is: async makes each throw a rejection.
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
  arrows(
    ['src/domain/**'],
    '^(?!\\./|\\.\\./todo\\.ts$)',
    'The domain imports nothing but itself (and todo, where an exercise is open).',
  ),
  arrows(
    ['src/event-store/**'],
    '^\\.\\./(domain|application|terminal|web)/|^\\.\\./\\.\\./',
    'An event store knows its contract and its database, and nothing of the game.',
  ),
  arrows(
    ['src/application/**'],
    '^\\.\\./(?!domain/index\\.ts$|event-store/event-store\\.ts$|todo\\.ts$)',
    'The application knows the domain and the contract of the event store, not its adapters.',
  ),
  arrows(
    ['.internal/kurrentdb/!(*.test).ts'],
    '/src/',
    'The stand-in for KurrentDB decides on its own: otherwise a test of the adapter compares src with itself.',
  ),
  arrows(
    ['src/terminal/**', 'src/web/*', 'src/web/server/**'],
    '\\.internal/|/client/',
    'Nothing in src knows what makes the workshop run, and no server imports what runs in a browser.',
  ),
  arrows(
    ['src/web/client/**'],
    '^(?!\\./|hono/jsx/dom$|\\.\\./messages\\.ts$|\\.\\./\\.\\./(domain/index|application/game-id)\\.ts$)',
    'The page runs in a browser. It knows the domain, and what it and the server say to each other.',
  ),
);
