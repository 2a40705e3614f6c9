import { expect } from 'vitest';

import { schemaEvolution } from '../../src/application/schema-evolution.ts';
import { step } from '../support/step.ts';

step('9.1', 'names the behavior in a sentence', () => {
  expect(schemaEvolution()).toBe('done');
});
